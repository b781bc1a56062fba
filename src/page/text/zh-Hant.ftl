### 繁體中文.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = 繁體中文
direction = ltr

## What stands around every page

leave = 立即離開此頁面
leave-note = 這不會清除瀏覽紀錄。
leave-key = 連按三次 Esc 鍵，也可以離開。
languages = 語言
back = 返回通知
private = 此頁面不使用 Cookie，不會記錄你來過這裡，也不會記錄你在找什麼。
    .pupil = 這個頁面不會記下你是誰，也不會記下你在找什麼。
help-dated = 求助資源清單更新至{ $date }。

## The block: what it is, and who decided

block-title = 此服務已遭封鎖
block-unlawful = 這項服務違反當地法律，已遭封鎖
    .pupil = 這項服務在這裡是法律不允許的，所以被封鎖了
block-plain = 這項服務在此網路上已遭封鎖
    .pupil = 這項服務在這裡被封鎖了
block-harm = 這類服務未經本人同意，就用 AI 製作真人的假裸照。這是一種數位性暴力，影像中的人（其中許多是女孩和女性）可能長期受到傷害。
    .pupil = 這類服務用 AI 製作真人的假裸照，卻沒有問過他們願不願意。他們可能會因此難過很久很久。
block-by-authority = 主管機關已決定讓這項服務無法使用。決定的內容和提出異議的方式都寫在此頁面上。
    .pupil = 封鎖這項服務，是官方機關決定的。你可以在下面看到是哪個機關，以及覺得不對時可以怎麼做。
block-by-operator = 這項服務在此網路的營運者選用的清單上。
    .pupil = 管理這個網路的人決定封鎖這項服務。
decision = 決定
decided-by = 由誰決定
operator = 此網路的營運者
legal-basis = 法律依據
reference = 案件編號
listed = 封鎖開始日期
expires = 封鎖截止日期
list = 清單

## The doors, in the words of the person who takes one

doors = 你遇到了什麼情況？
door-image = 事情與我或我認識的人的影像有關
    .pupil = 有人做了或傳了我的照片，或我認識的人的照片
door-talk = 我想找人談談
door-worry = 我擔心自己的行為
    .pupil = 我擔心自己做過的事，或者可能會做的事
door-mistake = 我誤入了這裡，或者我不同意封鎖
    .pupil = 我不小心來到這裡，或者我覺得封鎖得不對
door-teachers = 給教師和家長

## “It is about an image of me”

image-heading = 你並不孤單，這不是你的錯
    .pupil = 你並不孤單，這不是你的錯
image-comfort = 如果有人製作或散布了你的假影像，做錯事的是對方，不是你。你可以得到協助，不會受到責備。如果事情發生在你認識的人身上，也是一樣。
    .pupil = 如果有人做了你的假照片，或把它傳給別人，做錯事的是那個人，不是你。會有人幫助你，誰都不應該責怪你。如果這件事發生在你認識的人身上，也是一樣。
rights-heading = 你的權利
    .pupil = 你的權利
right-law = 在許多國家和地區，未經本人同意製作或散布這類影像是違法的，用 AI 產生的也一樣。
    .pupil = 在許多國家和地區，誰都不可以製作或散布這樣的照片，就算是用電腦做的也不行。
right-removal = 你可以要求網站和 App 將影像下架，也有免費的服務協助你。
    .pupil = 你可以要求把照片下架。有一些單位會幫助你，而且不用錢。
right-anonymous = 許多求助專線不問姓名，也願意聽你說。
    .pupil = 你可以打電話或傳訊息給求助專線。很多時候，連名字都不用說。
step-help = 首先：尋求協助
step-report = 接著：要求將影像下架
step-report-note = 記下影像在哪裡、你是什麼時候看到的，並保留與影像有關的訊息。如果影像中的人未滿 18 歲，請不要儲存或傳送影像本身。
    .pupil = 寫下你在哪裡、什麼時候看到照片，把和它有關的訊息留著。不要儲存照片，也不要傳給任何人，就算是當作證據也不要。
step-trust = 還有：告訴你信任的人
step-trust-note = 可以是父母、其他家人、老師、輔導人員或朋友。你不必獨自承受。
    .pupil = 可以是爸爸媽媽、其他家人、老師、學校護理師或好朋友。你不用一個人面對。
threat-heading = 如果有人威脅你
    .pupil = 如果有人威脅你
threat = 不要付錢，也不要再傳送任何東西。保留對方的訊息，這些訊息能說明發生了什麼事。求助專線可以幫你決定接下來怎麼做。
    .pupil = 不管對方說什麼，都不要給錢，也不要再傳照片。把對方的訊息留著，給你信任的大人看。這不是你的錯。

## “I need to talk to someone”

talk-heading = 有人願意聽你說
    .pupil = 有人願意聽你說
talk-comfort = 無論你為什麼來到這裡，都可以說出來。沒有人會責怪你。
    .pupil = 不管是什麼事，你都可以說出來。沒有人會生你的氣。

## “I am worried about what I do”

worry-heading = 如果你擔心自己的行為
    .pupil = 如果你擔心自己做過的事，或者可能會做的事
worry-comfort = 想要改變，是需要勇氣的。在別人的協助下，你可以做到。有人願意和你談，不會評判你，你也不必說出自己的名字。
    .pupil = 願意去想這件事，就很勇敢。製作或散布那樣的照片會傷害別人，但你可以停下來，也可以想辦法彌補，會有人幫你。
worry-stop = 請就此停下，不要再製作或散布。
    .pupil = 請停下來，不要再做這樣的照片，也不要再傳給別人。
worry-repair = 如果你散布過影像，請讓手上有影像的人刪除，並要求網站和 App 也將影像下架。
    .pupil = 如果你把照片傳給了別人，就告訴一個你信任的大人，這樣照片就能盡快下架。
worry-talk = 找人談談。這些服務的工作人員每天都會聽到這樣的事。
    .pupil = 找人談談。求助專線的人每天都會聽到這樣的事。
worry-young = 如果你未滿 18 歲，也可以聯絡兒童及青少年求助專線。
    .pupil = 兒童及青少年求助專線也願意幫助你。

## “I am here by mistake, or I disagree”

mistake-heading = 如果你誤入了這裡，或不同意封鎖
    .pupil = 如果你不小心來到這裡，或者覺得封鎖得不對
mistake-leave = 如果你是不小心來到這裡，不需要做任何事，直接離開就可以了。
    .pupil = 如果你是不小心來到這裡，什麼壞事也沒發生，你也沒有做錯什麼。直接離開就好。
mistake-appeal = 如果你認為不應封鎖這項服務，可以申請重新審查這項決定：
    .pupil = 如果你覺得這項服務不應該被封鎖，可以和大人談談。你或大人可以請求重新審查這項決定：
mistake-reference = 請註明案件編號：
    .pupil = 在訊息裡寫上這個案件編號：
mistake-subject = 封鎖決定重新審查申請
mistake-operator = 如對此網路及其封鎖的內容有疑問，請聯絡：
    .pupil = 如果你有問題，可以問老師，或聯絡這裡：
mistake-no-operator = 如對此網路及其封鎖的內容有疑問，請洽詢為你提供網路的單位，例如網路服務業者、學校或公司。
    .pupil = 如果你有問題，可以問老師，或問你那裡管理網路的人。
mistake-record = 清單中關於此案件的內容是公開的：

## For teachers and parents

teachers-heading = 談談假裸照
teachers-lead = 只要一張普通照片，AI 就能製作出一個人赤身裸體的影像。學生之間會發生這樣的事。影像中的人大多是女孩。假影像造成的傷害可能和真的一樣大。
teachers-class = 在課堂上
teachers-class-consent = 請學生想一想，「同意」對影像來說代表什麼：拍攝的時候、修改的時候、轉傳的時候。
teachers-class-person = 請從影像中那個人的角度來談。絕不要去找實例，也絕不要展示任何實例。
teachers-class-bystander = 約定好收到這類影像時怎麼做：不轉傳，支持影像中的人，告訴大人。
teachers-class-whom = 告訴學生在學校可以找誰說，並說明說出來不是背叛。
teachers-incident = 事情已經發生時
teachers-incident-listen = 傾聽，保持冷靜，相信孩子，並告訴孩子：「這不是你的錯。」
teachers-incident-image = 不要複製或轉傳影像，沒有必要就不要看。記下影像在哪裡、是誰告訴你的。
teachers-incident-protect = 與孩子討論需要讓誰知道，並保護孩子不受轉傳影像的人傷害。
teachers-incident-report = 透過下面的服務要求將影像下架，並依法律規定通報主管機關。
teachers-incident-others = 製作影像的人往往也是孩子。他們需要明確的界線，也需要協助。

## Whom each kind of help is for

need-danger = 如果你現在有危險
    .pupil = 如果你現在遇到危險
need-danger-call = 請撥打當地的緊急求助電話。
    .pupil = 撥打緊急求助電話，或請大人幫你打。
need-talk-young = 找人談談：兒童及青少年
need-talk-anyone = 找人談談：任何年齡
need-remove-young = 要求將影像下架：影像中的人未滿 18 歲
need-remove-adult = 要求將影像下架：影像中的人已滿 18 歲
need-worried = 擔心自己行為的成年人

## In the directory of help services

help-emergency = 緊急求助電話
help-child-helplines = 各國兒童求助專線
help-not-everywhere = 並非每個國家都有
help-safer-internet = 安全上網中心（Safer Internet Centres）
help-parents-too = 家長和教師也可使用
help-find-helpline = 尋找兒童求助專線
help-by-country = 依國家或地區
help-hotlines = 檢舉熱線
help-report-anonymously = 匿名檢舉，依國家或地區

## The public record of a case

record-title = 公開紀錄
record-heading = 案件公開紀錄
record-in-force = 在此網路上生效的清單對此案件的記載如下：
record-none = 在此網路上生效的清單中，沒有這個編號的案件。
record-service = 服務
record-service-withheld = 不顯示，以免有人透過這份紀錄找到它。
record-rules = 遭封鎖的網域名稱數量

## About the service itself, on its own address

about-title = 關於遭封鎖的服務
about-heading = 有些服務無法從此網路使用
about-what = 有些服務是違法的，有些是此網路的營運者選擇封鎖的。當此網路上的裝置查詢這類服務的位置時，會被轉到一個警告頁面。
about-told-heading = 警告頁面會告訴你什麼
about-told = 服務為何遭封鎖、由誰決定、依據哪項法律，以及案件編號，以封鎖清單中載明的內容為限。警告頁面也會告訴你去哪裡尋求協助。
about-kept-heading = 會保留哪些關於你的資訊
about-kept = 什麼都不保留。這些頁面不使用 Cookie，也不記錄誰開啟過頁面、在找什麼。
about-contest-heading = 如果你不同意
about-contest = 如果清單載明由誰重新審查決定，警告頁面會提供聯絡方式和案件編號。
about-run-by = 此網路由{ $operator }營運。

## Pages of one sentence

misdirected = 這項服務目前沒有遭到封鎖
misdirected-sentence = 你的裝置因為舊的資訊被轉到了這裡。請等一分鐘，然後重新載入此頁面。
missing = 沒有這個頁面
missing-sentence = 關於這些頁面的說明在這裡：
unreadable = 無法讀取這個請求
unreadable-sentence = 它沒有清楚說明要使用哪項服務。
read-only = 此頁面只能閱讀
read-only-sentence = 無法向它傳送任何內容。

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $year }年{ $month }月{ $day }日
region-AT = 奧地利
region-BE = 比利時
region-BG = 保加利亞
region-CY = 賽普勒斯
region-CZ = 捷克
region-DE = 德國
region-DK = 丹麥
region-EE = 愛沙尼亞
region-ES = 西班牙
region-FI = 芬蘭
region-FR = 法國
region-GR = 希臘
region-HR = 克羅埃西亞
region-HU = 匈牙利
region-IE = 愛爾蘭
region-IT = 義大利
region-LT = 立陶宛
region-LU = 盧森堡
region-LV = 拉脫維亞
region-MT = 馬爾他
region-NL = 荷蘭
region-PL = 波蘭
region-PT = 葡萄牙
region-RO = 羅馬尼亞
region-SE = 瑞典
region-SI = 斯洛維尼亞
region-SK = 斯洛伐克
region-EU = 歐盟
region-GB = 英國
region-NO = 挪威
region-IS = 冰島
region-LI = 列支敦斯登
region-CH = 瑞士
region-UA = 烏克蘭
region-TR = 土耳其
region-RS = 塞爾維亞
region-MD = 摩爾多瓦
region-US = 美國
region-CA = 加拿大
region-AU = 澳洲
region-NZ = 紐西蘭
region-KR = 南韓
region-JP = 日本
region-CN = 中國
region-TW = 台灣
region-HK = 香港
region-SG = 新加坡
region-IN = 印度
region-ID = 印尼
region-MY = 馬來西亞
region-PH = 菲律賓
region-TH = 泰國
region-VN = 越南
region-KE = 肯亞
region-TZ = 坦尚尼亞
region-UG = 烏干達
region-RW = 盧安達
region-ZA = 南非
region-NG = 奈及利亞
region-EG = 埃及
region-MA = 摩洛哥
region-TN = 突尼西亞
region-SA = 沙烏地阿拉伯
region-AE = 阿拉伯聯合大公國
region-BR = 巴西
region-MX = 墨西哥
region-AR = 阿根廷
region-CL = 智利
region-CO = 哥倫比亞
