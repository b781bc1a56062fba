### 한국어.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = 한국어
direction = ltr

## What stands around every page

leave = 지금 이 페이지 나가기
leave-note = 브라우저의 방문 기록은 지워지지 않습니다.
leave-key = Esc 키를 세 번 눌러도 나갈 수 있습니다.
languages = 언어
back = 안내문으로 돌아가기
private = 이 페이지는 쿠키를 사용하지 않습니다. 방문한 사실도, 무엇을 찾고 있었는지도 기록하지 않습니다.
    .pupil = 이 페이지는 누가 왔는지, 무엇을 찾고 있었는지 기록하지 않아요.
help-dated = 도움을 받을 수 있는 기관의 목록은 { $date } 기준입니다.

## The block: what it is, and who decided

block-title = 접속이 차단되었습니다
block-unlawful = 이 서비스는 이 지역에서 불법이므로 접속이 차단되었습니다
    .pupil = 이 서비스는 여기에서 법으로 금지되어 있어서 차단되었어요
block-plain = 이 서비스는 이 네트워크에서 차단되었습니다
    .pupil = 이 서비스는 여기에서 차단되었어요
block-harm = 이런 서비스는 AI를 이용해 실제 사람의 가짜 나체 이미지를 당사자의 동의 없이 만듭니다. 이는 디지털 성폭력의 한 형태입니다. 이미지에 나온 사람들은 오랫동안 고통을 겪을 수 있으며, 그중에는 여자아이와 여성이 많습니다.
    .pupil = 이런 서비스는 AI를 이용해 실제 사람의 가짜 알몸 사진을 만들어요. 그 사람들의 허락은 받지 않았어요. 사진에 나온 사람은 아주 오랫동안 힘들 수 있어요.
block-by-authority = 공공기관이 이 서비스에 접속할 수 없도록 결정했습니다. 결정 내용과 이의를 제기하는 방법은 이 페이지에 나와 있습니다.
    .pupil = 공공기관에서 이 서비스를 차단하기로 결정했어요. 어떤 기관인지, 결정이 잘못됐다고 생각하면 어떻게 해야 하는지 아래에서 읽을 수 있어요.
block-by-operator = 이 서비스는 이 네트워크의 운영자가 선택한 목록에 올라 있습니다.
    .pupil = 이 네트워크를 관리하는 사람들이 이 서비스를 차단하기로 했어요.
decision = 결정 내용
decided-by = 결정한 곳
operator = 이 네트워크의 운영자
legal-basis = 근거 법령
reference = 사건번호
listed = 차단 시작일
expires = 차단 종료일
list = 목록

## The doors, in the words of the person who takes one

doors = 어떤 일로 오셨나요?
door-image = 나 또는 내가 아는 사람의 이미지 때문에 왔어요
    .pupil = 누군가 내 사진이나 내가 아는 사람의 사진을 만들거나 퍼뜨렸어요
door-talk = 누군가와 이야기하고 싶어요
door-worry = 내 행동이 걱정돼요
    .pupil = 내가 한 일이나 하게 될지도 모르는 일이 걱정돼요
door-mistake = 실수로 들어왔거나, 차단에 동의하지 않아요
    .pupil = 실수로 들어왔거나, 차단이 잘못된 것 같아요
door-teachers = 선생님과 보호자를 위한 안내

## “It is about an image of me”

image-heading = 당신은 혼자가 아닙니다. 당신의 잘못이 아닙니다
    .pupil = 혼자가 아니에요. 여러분의 잘못이 아니에요
image-comfort = 누군가 당신의 가짜 이미지를 만들거나 공유했다면, 잘못한 것은 그 사람이지 당신이 아닙니다. 비난받지 않고 도움을 받을 수 있습니다. 아는 사람이 겪은 일이라도 마찬가지입니다.
    .pupil = 누군가 여러분의 가짜 사진을 만들거나 공유했다면, 잘못한 건 그 사람이에요. 여러분의 잘못이 아니에요. 도와줄 사람들이 있고, 누구도 여러분을 탓해서는 안 돼요. 아는 사람이 겪은 일이어도 똑같아요.
rights-heading = 당신의 권리
    .pupil = 여러분의 권리
right-law = 많은 나라에서는 당사자의 동의 없이 이런 이미지를 만들거나 공유하는 것이 불법입니다. AI로 만든 이미지도 마찬가지입니다.
    .pupil = 많은 나라에서는 누구도 그런 사진을 만들거나 공유해서는 안 돼요. 컴퓨터로 만든 사진이어도 안 돼요.
right-removal = 웹사이트와 앱에 이미지를 삭제해 달라고 요청할 수 있습니다. 이를 무료로 도와주는 기관이 있습니다.
    .pupil = 사진을 지워 달라고 요청할 수 있어요. 돈을 받지 않고 도와주는 곳이 있어요.
right-anonymous = 이름을 묻지 않고 이야기를 들어 주는 상담전화가 많습니다.
    .pupil = 상담해 주는 곳에 전화하거나 메시지를 보낼 수 있어요. 이름을 말하지 않아도 되는 곳이 많아요.
step-help = 먼저, 도움 요청하기
step-report = 그다음, 이미지 삭제 요청하기
step-report-note = 이미지가 어디에 있고 언제 보았는지 적어 두고, 이미지와 관련된 메시지를 보관하세요. 이미지에 나온 사람이 만 18세 미만이라면 이미지 자체는 저장하거나 보내지 마세요.
    .pupil = 사진을 어디에서 언제 보았는지 적어 두고, 사진에 관한 메시지는 지우지 말고 남겨 두세요. 사진은 저장하지 말고, 증거로 쓰려는 것이라도 누구에게도 보내지 마세요.
step-trust = 그리고, 믿을 수 있는 사람에게 말하기
step-trust-note = 부모님이나 다른 가족, 선생님이나 상담사, 친구도 좋습니다. 혼자 감당하지 않아도 됩니다.
    .pupil = 엄마나 아빠, 다른 가족, 선생님, 보건 선생님, 친한 친구도 좋아요. 혼자서 해결하지 않아도 돼요.
threat-heading = 누군가 협박하고 있다면
    .pupil = 누군가 협박하고 있다면
threat = 돈을 주지 말고, 더는 아무것도 보내지 마세요. 상대방이 보낸 메시지는 무슨 일이 있었는지 보여 주므로 지우지 말고 보관하세요. 다음에 어떻게 할지 상담전화에서 함께 고민해 줍니다.
    .pupil = 상대방이 무슨 말을 해도 돈을 주지 말고, 사진도 더 보내지 마세요. 상대방이 보낸 메시지는 지우지 말고, 믿을 수 있는 어른에게 보여 주세요. 혼날 일이 아니에요.

## “I need to talk to someone”

talk-heading = 이야기를 들어 줄 사람이 있습니다
    .pupil = 이야기를 들어 줄 사람이 있어요
talk-comfort = 어떤 일로 왔든 이야기할 수 있습니다. 탓하는 사람은 없습니다.
    .pupil = 무슨 일이든 이야기해도 돼요. 아무도 화내지 않아요.

## “I am worried about what I do”

worry-heading = 자신의 행동이 걱정된다면
    .pupil = 자신이 한 일이나 하게 될지도 모르는 일이 걱정된다면
worry-comfort = 무언가를 바꾸려고 마음먹는 데는 용기가 필요합니다. 도움을 받으면 바꿀 수 있습니다. 함부로 판단하지 않고 이야기를 들어 주는 사람들이 있으며, 이름을 밝히지 않아도 됩니다.
    .pupil = 이 일을 생각해 보는 것은 용기 있는 일이에요. 그런 사진을 만들거나 공유하면 누군가 상처를 입어요. 하지만 멈추고 바로잡을 수 있어요. 그렇게 하도록 도와주는 사람들이 있어요.
worry-stop = 여기서 멈추세요. 더는 만들거나 공유하지 마세요.
    .pupil = 여기서 멈추세요. 사진을 더는 만들거나 공유하지 마세요.
worry-repair = 이미지를 공유한 적이 있다면, 가지고 있는 사람들에게 지워 달라고 부탁하고, 인터넷에 올라간 이미지는 삭제를 요청하세요.
    .pupil = 사진을 공유했다면, 빨리 지울 수 있도록 믿을 수 있는 어른에게 말하세요.
worry-talk = 누군가에게 이야기하세요. 이런 기관의 상담원들은 이와 같은 이야기를 매일 듣습니다.
    .pupil = 누군가에게 이야기해 보세요. 상담해 주는 사람들은 이런 이야기를 매일 들어요.
worry-young = 만 18세 미만이라면 아동·청소년 상담전화도 이용할 수 있습니다.
    .pupil = 어린이·청소년 상담전화는 여러분의 이야기도 들어 줘요.

## “I am here by mistake, or I disagree”

mistake-heading = 실수로 들어왔거나 차단에 동의하지 않는다면
    .pupil = 실수로 들어왔거나, 차단이 잘못된 것 같다면
mistake-leave = 실수로 들어왔다면 따로 할 일은 없습니다. 그냥 나가시면 됩니다.
    .pupil = 실수로 들어왔다면 나쁜 일은 일어나지 않았고, 혼날 일도 아니에요. 그냥 나가면 돼요.
mistake-appeal = 이 서비스가 차단되어서는 안 된다고 생각한다면 결정을 다시 검토해 달라고 요청할 수 있습니다:
    .pupil = 이 서비스가 차단되면 안 된다고 생각한다면 어른과 이야기해 보세요. 여러분이나 어른이 결정을 다시 검토해 달라고 요청할 수 있어요:
mistake-reference = 다음 사건번호를 적어 주세요:
    .pupil = 메시지에 이 사건번호를 적어 주세요:
mistake-subject = 차단 결정 재검토 요청
mistake-operator = 이 네트워크와 차단 대상에 관한 문의:
    .pupil = 궁금한 것이 있으면 선생님께 여쭤보거나 여기로 연락하세요:
mistake-no-operator = 이 네트워크와 차단 대상에 관한 문의는 네트워크를 제공하는 곳(인터넷 서비스 제공업체, 학교, 직장 등)에 하시기 바랍니다.
    .pupil = 궁금한 것이 있으면 선생님이나, 지금 있는 곳의 인터넷을 관리하는 사람에게 물어보세요.
mistake-record = 이 사건에 대해 목록에 적힌 내용은 공개되어 있습니다:

## For teachers and parents

teachers-heading = 가짜 나체 이미지(딥페이크)에 대해 이야기하기
teachers-lead = 평범한 사진 한 장만 있으면 AI가 그 사람의 나체처럼 보이는 이미지를 만들 수 있습니다. 학생들 사이에서 이런 일이 일어납니다. 이미지에 나온 사람은 대부분 여학생입니다. 가짜 이미지도 진짜만큼 상처를 줄 수 있습니다.
teachers-class = 수업에서
teachers-class-consent = 이미지에서 동의란 무엇인지 물어보세요. 찍을 때, 바꿀 때, 전달할 때를 각각 생각해 보게 하세요.
teachers-class-person = 이미지에 나온 사람의 입장에서 이야기하세요. 예시를 절대 찾지도, 보여 주지도 마세요.
teachers-class-bystander = 이런 이미지를 받으면 어떻게 할지 함께 정하세요. 전달하지 않기, 이미지에 나온 사람의 편이 되어 주기, 어른에게 알리기입니다.
teachers-class-whom = 학교에서 누구에게 알릴 수 있는지 말해 주고, 알리는 것은 배신이 아니라고 말해 주세요.
teachers-incident = 일이 일어났을 때
teachers-incident-listen = 침착하게 들어 주고, 아이의 말을 믿어 주고, 아이의 잘못이 아니라고 말해 주세요.
teachers-incident-image = 이미지를 복사하거나 전달하지 말고, 꼭 필요하지 않으면 보지 마세요. 이미지가 어디에 있는지, 누가 알려 주었는지 적어 두세요.
teachers-incident-protect = 누가 알아야 하는지 아이와 함께 정하고, 이미지를 퍼뜨리는 사람들로부터 아이를 보호하세요.
teachers-incident-report = 아래 기관을 통해 이미지를 삭제하고, 법에 따라 관계 기관에 알리세요.
teachers-incident-others = 이미지를 만든 쪽도 아이인 경우가 많습니다. 무엇이 안 되는지 분명히 알려 주는 것과 도움이 모두 필요합니다.

## Whom each kind of help is for

need-danger = 지금 위험한 상황이라면
    .pupil = 지금 위험하다면
need-danger-call = 지금 있는 나라의 긴급 신고 번호로 전화하세요.
    .pupil = 긴급 신고 번호로 전화하거나, 어른에게 전화해 달라고 하세요.
need-talk-young = 이야기하기: 아동·청소년
need-talk-anyone = 이야기하기: 누구나
need-remove-young = 이미지 삭제 요청: 이미지에 나온 사람이 만 18세 미만
need-remove-adult = 이미지 삭제 요청: 이미지에 나온 사람이 만 18세 이상
need-worried = 자신의 행동이 걱정되는 성인

## In the directory of help services

help-emergency = 긴급 신고
help-child-helplines = 각국의 아동 상담전화
help-not-everywhere = 일부 국가에서는 이용할 수 없음
help-safer-internet = 안전한 인터넷 센터(Safer Internet Centres)
help-parents-too = 부모와 교사도 이용 가능
help-find-helpline = 아동 상담전화 찾기
help-by-country = 국가별
help-hotlines = 신고 핫라인
help-report-anonymously = 국가별 익명 신고

## The public record of a case

record-title = 공개 기록
record-heading = 사건 공개 기록
record-in-force = 이 네트워크에 적용 중인 목록에는 이 사건에 대해 다음과 같이 적혀 있습니다:
record-none = 이 네트워크에 적용 중인 목록에는 이 번호의 사건이 없습니다.
record-service = 서비스
record-service-withheld = 이 기록을 보고 서비스를 찾는 일이 없도록 표시하지 않습니다.
record-rules = 차단된 도메인 이름 수

## About the service itself, on its own address

about-title = 차단된 서비스 안내
about-heading = 이 네트워크에서 접속할 수 없는 서비스가 있습니다
about-what = 불법인 서비스도 있고, 이 네트워크를 운영하는 곳의 선택으로 차단된 서비스도 있습니다. 이 네트워크의 기기가 그런 서비스의 위치를 조회하면, 서비스 대신 경고 페이지로 연결됩니다.
about-told-heading = 경고 페이지에서 알려 주는 내용
about-told = 서비스가 차단된 이유, 결정한 곳, 근거 법령, 사건번호를 차단 목록에 나와 있는 만큼 알려 줍니다. 도움을 받을 수 있는 곳도 안내합니다.
about-kept-heading = 이용자에 대해 보관하는 정보
about-kept = 없습니다. 이 페이지들은 쿠키를 사용하지 않으며, 누가 열었는지, 무엇을 찾고 있었는지 기록하지 않습니다.
about-contest-heading = 차단에 동의하지 않는다면
about-contest = 결정을 재검토하는 곳이 목록에 나와 있으면, 경고 페이지에 그 주소와 사건번호가 표시됩니다.
about-run-by = 이 네트워크의 운영자는 { $operator }입니다.

## Pages of one sentence

misdirected = 이 서비스는 현재 차단되어 있지 않습니다
misdirected-sentence = 기기가 이전 정보에 따라 이곳으로 연결되었습니다. 1분 정도 기다린 뒤 이 페이지를 새로 고치세요.
missing = 없는 페이지입니다
missing-sentence = 이 사이트의 페이지에 대한 설명은 여기에 있습니다:
unreadable = 요청을 읽을 수 없습니다
unreadable-sentence = 어느 서비스에 대한 요청인지 분명하지 않습니다.
read-only = 이 페이지는 읽기 전용입니다
read-only-sentence = 이 페이지로는 아무것도 보낼 수 없습니다.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $year }년 { $month }월 { $day }일
region-AT = 오스트리아
region-BE = 벨기에
region-BG = 불가리아
region-CY = 키프로스
region-CZ = 체코
region-DE = 독일
region-DK = 덴마크
region-EE = 에스토니아
region-ES = 스페인
region-FI = 핀란드
region-FR = 프랑스
region-GR = 그리스
region-HR = 크로아티아
region-HU = 헝가리
region-IE = 아일랜드
region-IT = 이탈리아
region-LT = 리투아니아
region-LU = 룩셈부르크
region-LV = 라트비아
region-MT = 몰타
region-NL = 네덜란드
region-PL = 폴란드
region-PT = 포르투갈
region-RO = 루마니아
region-SE = 스웨덴
region-SI = 슬로베니아
region-SK = 슬로바키아
region-EU = 유럽 연합
region-GB = 영국
region-NO = 노르웨이
region-IS = 아이슬란드
region-LI = 리히텐슈타인
region-CH = 스위스
region-UA = 우크라이나
region-TR = 튀르키예
region-RS = 세르비아
region-MD = 몰도바
region-US = 미국
region-CA = 캐나다
region-AU = 오스트레일리아
region-NZ = 뉴질랜드
region-KR = 대한민국
region-JP = 일본
region-CN = 중국
region-TW = 대만
region-HK = 홍콩
region-SG = 싱가포르
region-IN = 인도
region-ID = 인도네시아
region-MY = 말레이시아
region-PH = 필리핀
region-TH = 태국
region-VN = 베트남
region-KE = 케냐
region-TZ = 탄자니아
region-UG = 우간다
region-RW = 르완다
region-ZA = 남아프리카
region-NG = 나이지리아
region-EG = 이집트
region-MA = 모로코
region-TN = 튀니지
region-SA = 사우디아라비아
region-AE = 아랍에미리트
region-BR = 브라질
region-MX = 멕시코
region-AR = 아르헨티나
region-CL = 칠레
region-CO = 콜롬비아
