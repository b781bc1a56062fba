### 日本語.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = 日本語
direction = ltr

## What stands around every page

leave = 今すぐこのページを離れる
leave-note = 閲覧履歴は消えません。
leave-key = Escキーを3回押しても、このページを離れることができます。
languages = 言語
back = お知らせに戻る
private = このページはCookieを使いません。あなたがここに来たことも、何を探していたかも、記録しません。
    .pupil = このページは、あなたがだれなのか、何をさがしていたのかを記録しません。
help-dated = 支援窓口の一覧は、{ $date }現在のものです。

## The block: what it is, and who decided

block-title = アクセスがブロックされています
block-unlawful = このサービスはこの国や地域の法律に反するため、アクセスがブロックされています
    .pupil = このサービスは、ここでは法律で許されていないので、ブロックされています
block-plain = このサービスは、このネットワークではブロックされています
    .pupil = このサービスは、ここではブロックされています
block-harm = このようなサービスは、実在する人の偽の裸の画像を、本人の同意なしにAIで作ります。これは性暴力の一つです。画像にされた人は長い間苦しむことがあり、その多くは女の子や女性です。
    .pupil = このようなサービスは、AIを使って、実際にいる人のにせの裸の画像を作ります。その人たちは「いいよ」とは言っていません。画像を作られた人は、とても長い間つらい思いをすることがあります。
block-by-authority = 公的機関が、このサービスを利用できないようにすることを決定しました。決定の内容と、異議を申し立てる方法は、このページに書かれています。
    .pupil = このサービスをブロックすることは、公的な機関が決めました。どこが決めたのか、まちがっていると思うときはどうすればよいのかは、下に書いてあります。
block-by-operator = このサービスは、このネットワークの運営者が選んだリストに載っています。
    .pupil = このネットワークを管理している人たちが、このサービスをブロックすることにしました。
decision = 決定の内容
decided-by = 決定者
operator = このネットワークの運営者
legal-basis = 根拠となる法律
reference = 案件番号
listed = ブロック開始日
expires = ブロック終了日
list = リスト

## The doors, in the words of the person who takes one

doors = 今の状況に近いものを選んでください
door-image = 自分や、知っている人の画像のことで来た
    .pupil = 自分や知っている人の画像を、だれかに作られたり、広められたりした
door-talk = だれかに話を聞いてほしい
door-worry = 自分のしていることが心配
    .pupil = 自分がしたことや、してしまうかもしれないことが心配
door-mistake = まちがってここに来た、またはブロックに納得できない
    .pupil = まちがってここに来た、またはブロックはおかしいと思う
door-teachers = 先生・保護者の方へ

## “It is about an image of me”

image-heading = あなたは一人ではありません。あなたは悪くありません
    .pupil = あなたは一人じゃありません。あなたは悪くありません
image-comfort = だれかがあなたの偽の画像を作ったり共有したりしたのなら、悪いのはその人です。あなたではありません。責められることなく、助けを受けることができます。あなたの知っている人に起きたことでも、同じです。
    .pupil = だれかがあなたのにせの画像を作ったり人に送ったりしたのなら、悪いのはその人です。あなたは悪くありません。助けてくれる人たちがいます。だれも、あなたを責めてはいけないのです。あなたの知っている人がされた場合も、同じです。
rights-heading = あなたの権利
    .pupil = あなたの権利
right-law = 多くの国では、本人の同意なしにこのような画像を作ったり共有したりすることは、AIで作ったものであっても法律違反です。
    .pupil = 多くの国では、たとえコンピューターで作ったものでも、このような画像を作ったり人に送ったりすることは、だれにも許されていません。
right-removal = ウェブサイトやアプリに、画像の削除を求めることができます。それを無料で手助けする窓口があります。
    .pupil = 画像を消してほしいとたのむことができます。手伝ってくれるところがあり、お金はかかりません。
right-anonymous = 多くの相談窓口では、名前を言わなくても話を聞いてもらえます。
    .pupil = 相談窓口に電話したり、メッセージを送ったりできます。名前を言わなくてもよいところが、たくさんあります。
step-help = まず、助けを求める
step-report = 次に、画像を削除してもらう
step-report-note = 画像がどこにあるか、いつ見たかを書きとめ、画像に関するメッセージは残しておいてください。写っている人が18歳未満の場合は、画像そのものを保存したり送ったりしないでください。
    .pupil = 画像をどこで、いつ見たのかを書いておきましょう。画像についてのメッセージも、消さずに残しておきましょう。画像そのものは保存しないでください。証拠にするためでも、だれにも送らないでください。
step-trust = そして、信頼できる人に話す
step-trust-note = 親や家族、先生やカウンセラー、友だちなどです。一人で抱えこまなくて大丈夫です。
    .pupil = お母さんやお父さん、ほかの家族、先生、保健室の先生、仲のよい友だちなどです。一人で何とかしようとしなくて大丈夫です。
threat-heading = だれかにおどされているとき
    .pupil = だれかにおどされているとき
threat = お金は払わず、これ以上何も送らないでください。相手からのメッセージは、何があったかを示すものになるので、残しておいてください。次にどうするかは、相談窓口が一緒に考えてくれます。
    .pupil = 相手に何を言われても、お金を払ったり、画像をもっと送ったりしないでください。相手からのメッセージは残しておいて、信頼できる大人に見せてください。あなたがしかられるようなことではありません。

## “I need to talk to someone”

talk-heading = 話を聞いてくれる人がいます
    .pupil = あなたの話を聞いてくれる人がいます
talk-comfort = どんな理由でここに来たとしても、相談できます。責められることはありません。
    .pupil = どんなことでも、話して大丈夫です。だれもおこったりしません。

## “I am worried about what I do”

worry-heading = 自分のしていることが心配なとき
    .pupil = 自分がしたことや、してしまうかもしれないことが心配なとき
worry-comfort = 何かを変えたいと思うのは、勇気のいることです。助けを借りながら、変えていくことができます。責めたり決めつけたりせずに話を聞いてくれる人たちがいます。名前を言う必要はありません。
    .pupil = このことを考えてみるのは、勇気のあることです。このような画像を作ったり人に送ったりすると、だれかを傷つけます。でも、やめることも、これから正していくこともできます。それを手伝ってくれる人たちがいます。
worry-stop = ここでやめましょう。これ以上、画像を作ったり共有したりしないでください。
    .pupil = ここでやめましょう。これ以上、画像を作ったり、人に送ったりしないでください。
worry-repair = 画像を共有した場合は、持っている人に削除を頼み、公開されている画像も削除してもらいましょう。
    .pupil = 画像を人に送ってしまったときは、早く消してもらえるように、信頼できる大人に話してください。
worry-talk = だれかに話してみてください。窓口の人たちは、このような話を毎日聞いています。
    .pupil = だれかに話してみてください。相談窓口の人たちは、こういう話を毎日聞いています。
worry-young = 18歳未満の人は、子どもや若者のための相談窓口も利用できます。
    .pupil = 子どもや若者のための相談窓口は、あなたの話も聞いてくれます。

## “I am here by mistake, or I disagree”

mistake-heading = まちがってここに来た場合や、納得できない場合
    .pupil = まちがってここに来たときや、ブロックはおかしいと思うとき
mistake-leave = まちがってここに来た場合は、何もする必要はありません。そのまま離れてかまいません。
    .pupil = まちがってここに来ただけなら、何も悪いことは起きていません。しかられるようなことでもありません。そのまま離れて大丈夫です。
mistake-appeal = このサービスをブロックすべきではないと思う場合は、決定の見直しを求めることができます：
    .pupil = このサービスがブロックされるのはおかしいと思うときは、大人に話してみてください。あなたや大人の人が、決定を見直すようにたのむことができます：
mistake-reference = 次の案件番号をお知らせください：
    .pupil = メッセージに、この案件番号を書いてください：
mistake-subject = ブロック決定の見直しの申し立て
mistake-operator = このネットワークとブロックの対象についてのお問い合わせ先：
    .pupil = 聞きたいことがあるときは、先生に聞くか、こちらに連絡してください：
mistake-no-operator = このネットワークとブロックの対象についてのご質問は、ネットワークの提供元（インターネット接続事業者、学校、勤務先など）にお問い合わせください。
    .pupil = 聞きたいことがあるときは、先生か、その場所でインターネットを管理している人に聞いてください。
mistake-record = この案件についてリストに書かれている内容は、公開されています：

## For teachers and parents

teachers-heading = 偽の裸の画像について話す
teachers-lead = 普通の写真が1枚あれば、AIはその人が裸でいるように見える画像を作れます。これは児童・生徒同士の間で起きています。画像にされる子の多くは女子です。偽の画像でも、本物と同じくらい人を傷つけることがあります。
teachers-class = 授業で
teachers-class-consent = 画像についての同意とは何かを問いかけてください。撮るとき、加工するとき、人に送るとき、それぞれの場面で考えます。
teachers-class-person = 画像にされた人の立場に立って話してください。実例は決して探さず、決して見せないでください。
teachers-class-bystander = そのような画像が届いたらどうするかを、話し合って決めておいてください。人に送らない、画像にされた人の味方になる、大人に知らせる、の三つです。
teachers-class-whom = 学校ではだれに知らせればよいかを伝え、知らせることは裏切りではないと話してください。
teachers-incident = 起きてしまったとき
teachers-incident-listen = 落ち着いて話を聞き、その子の言うことを信じ、「あなたは悪くない」と伝えてください。
teachers-incident-image = 画像を複製したり転送したりせず、必要がなければ見ないでください。画像がどこにあるか、だれから聞いたかを書きとめてください。
teachers-incident-protect = だれに知らせる必要があるかをその子と一緒に決め、画像を広める人たちからその子を守ってください。
teachers-incident-report = 下の窓口を使って画像を削除してもらい、法律の定めに従って関係機関に知らせてください。
teachers-incident-others = 画像を作ったのも子どもである場合が少なくありません。してはいけないことをはっきり示すことと、支援の両方が必要です。

## Whom each kind of help is for

need-danger = 今、危険がせまっているとき
    .pupil = 今、あぶない目にあっているとき
need-danger-call = 今いる国の緊急通報番号に電話してください。
    .pupil = 緊急の電話番号に電話するか、大人にたのんで電話してもらってください。
need-talk-young = 話を聞いてもらう：子ども・若者
need-talk-anyone = 話を聞いてもらう：年齢を問わず
need-remove-young = 画像を削除してもらう：写っている人が18歳未満
need-remove-adult = 画像を削除してもらう：写っている人が18歳以上
need-worried = 自分のしていることが心配な大人の方へ

## In the directory of help services

help-emergency = 緊急通報
help-child-helplines = 各国の子ども相談電話
help-not-everywhere = 利用できない国もあります
help-safer-internet = セーファーインターネットセンター（Safer Internet Centres）
help-parents-too = 保護者や先生も利用できます
help-find-helpline = 子ども相談窓口を探す
help-by-country = 国別
help-hotlines = 通報窓口（ホットライン）
help-report-anonymously = 国ごとの窓口に匿名で通報できます

## The public record of a case

record-title = 公開記録
record-heading = 案件の公開記録
record-in-force = このネットワークで有効なリストには、この案件について次のように書かれています：
record-none = このネットワークで有効なリストに、この番号の案件はありません。
record-service = サービス
record-service-withheld = この記録がサービスを見つける手がかりにならないよう、表示していません。
record-rules = ブロック対象のドメイン名の数

## About the service itself, on its own address

about-title = ブロックされたサービスについて
about-heading = このネットワークからは利用できないサービスがあります
about-what = 法律に反するサービスや、このネットワークの運営者の判断でブロックされているサービスがあります。このネットワークの端末がそのようなサービスの場所を問い合わせると、代わりに警告ページに案内されます。
about-told-heading = 警告ページに書かれていること
about-told = サービスがブロックされている理由、決定者、根拠となる法律、案件番号を、ブロック対象のリストに書かれている範囲でお知らせします。助けを求められる窓口も案内します。
about-kept-heading = あなたについて保存される情報
about-kept = ありません。これらのページはCookieを使わず、だれが開いたかも、何を探していたかも記録しません。
about-contest-heading = 納得できない場合
about-contest = 決定の見直しを行うところがリストに書かれている場合は、警告ページにその連絡先と案件番号を表示します。
about-run-by = このネットワークの運営者は{ $operator }です。

## Pages of one sentence

misdirected = このサービスは、現在ブロックされていません
misdirected-sentence = お使いの端末は、古い情報によってここに案内されました。1分ほど待ってから、このページを再読み込みしてください。
missing = お探しのページはありません
missing-sentence = このサイトのページについての説明はこちら：
unreadable = リクエストを読み取れませんでした
unreadable-sentence = どのサービスへのリクエストなのかが、はっきり示されていません。
read-only = このページは閲覧専用です
read-only-sentence = このページには何も送信できません。

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $year }年{ $month }月{ $day }日
region-AT = オーストリア
region-BE = ベルギー
region-BG = ブルガリア
region-CY = キプロス
region-CZ = チェコ
region-DE = ドイツ
region-DK = デンマーク
region-EE = エストニア
region-ES = スペイン
region-FI = フィンランド
region-FR = フランス
region-GR = ギリシャ
region-HR = クロアチア
region-HU = ハンガリー
region-IE = アイルランド
region-IT = イタリア
region-LT = リトアニア
region-LU = ルクセンブルク
region-LV = ラトビア
region-MT = マルタ
region-NL = オランダ
region-PL = ポーランド
region-PT = ポルトガル
region-RO = ルーマニア
region-SE = スウェーデン
region-SI = スロベニア
region-SK = スロバキア
region-EU = 欧州連合
region-GB = イギリス
region-NO = ノルウェー
region-IS = アイスランド
region-LI = リヒテンシュタイン
region-CH = スイス
region-UA = ウクライナ
region-TR = トルコ
region-RS = セルビア
region-MD = モルドバ
region-US = アメリカ合衆国
region-CA = カナダ
region-AU = オーストラリア
region-NZ = ニュージーランド
region-KR = 韓国
region-JP = 日本
region-CN = 中国
region-TW = 台湾
region-HK = 香港
region-SG = シンガポール
region-IN = インド
region-ID = インドネシア
region-MY = マレーシア
region-PH = フィリピン
region-TH = タイ
region-VN = ベトナム
region-KE = ケニア
region-TZ = タンザニア
region-UG = ウガンダ
region-RW = ルワンダ
region-ZA = 南アフリカ
region-NG = ナイジェリア
region-EG = エジプト
region-MA = モロッコ
region-TN = チュニジア
region-SA = サウジアラビア
region-AE = アラブ首長国連邦
region-BR = ブラジル
region-MX = メキシコ
region-AR = アルゼンチン
region-CL = チリ
region-CO = コロンビア
