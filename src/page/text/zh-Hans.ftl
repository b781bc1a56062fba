### 简体中文.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = 简体中文
direction = ltr

## What stands around every page

leave = 立即离开此页面
leave-note = 这不会清除浏览记录。
leave-key = 连按三次 Esc 键，也可以离开。
languages = 语言
back = 返回通知
private = 此页面不使用 Cookie，不会记录你来过这里，也不会记录你在找什么。
    .pupil = 这个页面不会记下你是谁，也不会记下你在找什么。
help-dated = 求助服务列表更新至{ $date }。

## The block: what it is, and who decided

block-title = 访问已被屏蔽
block-unlawful = 这项服务违反当地法律，已被屏蔽
    .pupil = 这项服务在这里是法律不允许的，所以被屏蔽了
block-plain = 这项服务在此网络上已被屏蔽
    .pupil = 这项服务在这里被屏蔽了
block-harm = 这类服务未经本人同意，就用 AI 制作真人的虚假裸照。这是一种侵害，图片中的人（其中许多是女孩和女性）可能长期受到伤害。
    .pupil = 这类服务用 AI 制作真人的假裸照，却没有问过他们愿不愿意。他们可能会因此难过很久很久。
block-by-authority = 主管机关已决定让这项服务无法访问。决定的内容和提出异议的方式都写在此页面上。
    .pupil = 屏蔽这项服务，是官方机构决定的。你可以在下面看到是哪个机构，以及觉得不对时可以怎么做。
block-by-operator = 这项服务在此网络的运营者选用的名单上。
    .pupil = 管理这个网络的人决定屏蔽这项服务。
decision = 决定
decided-by = 由谁决定
operator = 此网络的运营者
legal-basis = 法律依据
reference = 案件编号
listed = 屏蔽开始日期
expires = 屏蔽截止日期
list = 名单

## The doors, in the words of the person who takes one

doors = 你遇到了什么情况？
door-image = 事情与我或我认识的人的照片有关
    .pupil = 有人做了或传了我的照片，或我认识的人的照片
door-talk = 我想找人谈谈
door-worry = 我担心自己的行为
    .pupil = 我担心自己做过的事，或者可能会做的事
door-mistake = 我误入了这里，或者我不同意屏蔽
    .pupil = 我不小心来到了这里，或者我觉得屏蔽得不对
door-teachers = 给教师和家长

## “It is about an image of me”

image-heading = 你并不孤单，这不是你的错
    .pupil = 你并不孤单，这不是你的错
image-comfort = 如果有人制作或传播了你的虚假图片，做错事的是对方，不是你。你可以得到帮助，不会受到责备。如果事情发生在你认识的人身上，也是一样。
    .pupil = 如果有人做了你的假照片，或者把它发给别人，做错事的是那个人，不是你。会有人帮助你，谁都不应该责怪你。如果这件事发生在你认识的人身上，也是一样。
rights-heading = 你的权利
    .pupil = 你的权利
right-law = 在许多国家和地区，未经本人同意制作或传播这类图片是违法的，用 AI 生成的也一样。
    .pupil = 在许多国家和地区，谁都不可以制作或传播这样的照片，就算是用电脑做的也不行。
right-removal = 你可以要求网站和应用删除图片，也有免费的服务帮助你。
    .pupil = 你可以要求把照片删掉。有一些机构会帮助你，而且不收钱。
right-anonymous = 许多求助热线不问姓名，也愿意听你说。
    .pupil = 你可以给求助热线打电话或发消息。很多时候，连名字都不用说。
step-help = 首先：寻求帮助
step-report = 然后：要求删除图片
step-report-note = 记下图片在哪里、你是什么时候看到的，并保留与图片有关的消息。如果图片中的人未满 18 岁，请不要保存或发送图片本身。
    .pupil = 写下你在哪里、什么时候看到了照片，把和它有关的消息留着。不要保存照片，也不要发给任何人，就算是当作证据也不要。
step-trust = 还有：告诉你信任的人
step-trust-note = 可以是父母、其他家人、老师、心理咨询师或朋友。你不必独自承受。
    .pupil = 可以是爸爸妈妈、其他家人、老师、校医或者好朋友。你不用一个人面对。
threat-heading = 如果有人威胁你
    .pupil = 如果有人威胁你
threat = 不要付钱，也不要再发送任何东西。保留对方的消息，它们能说明发生了什么。求助热线可以帮你决定接下来怎么做。
    .pupil = 不管对方说什么，都不要给钱，也不要再发照片。把对方的消息留着，给你信任的大人看。这不是你的错。

## “I need to talk to someone”

talk-heading = 有人愿意听你说
    .pupil = 有人愿意听你说
talk-comfort = 无论你为什么来到这里，都可以说出来。没有人会责怪你。
    .pupil = 不管是什么事，你都可以说出来。没有人会生你的气。

## “I am worried about what I do”

worry-heading = 如果你担心自己的行为
    .pupil = 如果你担心自己做过的事，或者可能会做的事
worry-comfort = 想要改变，是需要勇气的。在别人的帮助下，你可以做到。有人愿意和你谈，不会评判你，你也不必说出自己的名字。
    .pupil = 愿意去想这件事，就很勇敢。制作或传播那样的照片会伤害别人，但你可以停下来，也可以想办法弥补，会有人帮你。
worry-stop = 请就此停下，不要再制作或传播。
    .pupil = 请停下来，不要再做这样的照片，也不要再发给别人。
worry-repair = 如果你传播过图片，请让手里有图片的人删除，并要求网站和应用也把图片删除。
    .pupil = 如果你把照片发给了别人，就告诉一个你信任的大人，这样照片就能尽快被删掉。
worry-talk = 找人谈谈。这些服务的工作人员每天都会听到这样的事。
    .pupil = 找人谈谈。求助热线的人每天都会听到这样的事。
worry-young = 如果你未满 18 岁，也可以联系儿童和青少年求助热线。
    .pupil = 儿童和青少年求助热线也愿意帮助你。

## “I am here by mistake, or I disagree”

mistake-heading = 如果你误入了这里，或者不同意屏蔽
    .pupil = 如果你不小心来到了这里，或者觉得屏蔽得不对
mistake-leave = 如果你是不小心来到这里的，不需要做任何事，直接离开就可以。
    .pupil = 如果你是不小心来到这里的，什么坏事也没发生，你也没有做错什么。直接离开就好。
mistake-appeal = 如果你认为不应屏蔽这项服务，可以申请复核这项决定：
    .pupil = 如果你觉得这项服务不应该被屏蔽，可以和大人谈谈。你或大人可以请求重新审查这项决定：
mistake-reference = 请注明案件编号：
    .pupil = 在消息里写上这个案件编号：
mistake-subject = 屏蔽决定复核申请
mistake-operator = 如对此网络及其屏蔽的内容有疑问，请联系：
    .pupil = 如果你有问题，可以问老师，或者联系这里：
mistake-no-operator = 如对此网络及其屏蔽的内容有疑问，请询问为你提供网络的一方，例如网络服务商、学校或工作单位。
    .pupil = 如果你有问题，可以问老师，或者问你那里管网络的人。
mistake-record = 名单中关于此案件的内容是公开的：

## For teachers and parents

teachers-heading = 谈谈虚假裸照
teachers-lead = 只要一张普通照片，AI 就能制作出一个人赤身裸体的图片。学生之间会发生这样的事。图片中的人大多是女孩。假图片造成的伤害可能和真的一样大。
teachers-class = 在课堂上
teachers-class-consent = 请学生想一想，对一张图片来说，“同意”意味着什么：拍摄的时候、修改的时候、转发的时候。
teachers-class-person = 请从图片中那个人的角度来谈。绝不要去找实例，也绝不要展示任何实例。
teachers-class-bystander = 约定好收到这类图片时怎么做：不转发，支持图片中的人，告诉大人。
teachers-class-whom = 告诉学生在学校里可以找谁说，并说明说出来不是出卖别人。
teachers-incident = 事情已经发生时
teachers-incident-listen = 倾听，保持冷静，相信孩子，并告诉孩子：“这不是你的错。”
teachers-incident-image = 不要复制或转发图片，没有必要就不要看。记下图片在哪里、是谁告诉你的。
teachers-incident-protect = 与孩子商定需要让谁知道，并保护孩子不受转发图片的人伤害。
teachers-incident-report = 通过下面的服务要求删除图片，并依照法律规定告知有关部门。
teachers-incident-others = 制作图片的人往往也是孩子。他们需要明确的界限，也需要帮助。

## Whom each kind of help is for

need-danger = 如果你现在有危险
    .pupil = 如果你现在遇到危险
need-danger-call = 请拨打当地的紧急求助电话。
    .pupil = 拨打紧急求助电话，或者请大人帮你打。
need-talk-young = 找人谈谈：儿童和青少年
need-talk-anyone = 找人谈谈：任何年龄
need-remove-young = 要求删除图片：图片中的人未满 18 岁
need-remove-adult = 要求删除图片：图片中的人已满 18 岁
need-worried = 担心自己行为的成年人

## In the directory of help services

help-emergency = 紧急求助电话
help-child-helplines = 各国儿童求助热线
help-not-everywhere = 并非每个国家都有
help-safer-internet = 安全上网中心（Safer Internet Centres）
help-parents-too = 家长和教师也可使用
help-find-helpline = 查找儿童求助热线
help-by-country = 按国家或地区
help-hotlines = 举报热线
help-report-anonymously = 匿名举报，按国家或地区

## The public record of a case

record-title = 公开记录
record-heading = 案件公开记录
record-in-force = 在此网络上生效的名单对此案件的记载如下：
record-none = 在此网络上生效的名单中，没有这个编号的案件。
record-service = 服务
record-service-withheld = 不显示，以免有人通过这份记录找到它。
record-rules = 被屏蔽的域名数量

## About the service itself, on its own address

about-title = 关于被屏蔽的服务
about-heading = 有些服务无法从此网络访问
about-what = 有些服务是违法的，有些是此网络的运营者选择屏蔽的。当此网络上的设备查询这类服务的位置时，会被转到一个警告页面。
about-told-heading = 警告页面会告诉你什么
about-told = 服务为何被屏蔽、由谁决定、依据哪项法律，以及案件编号，以屏蔽名单中写明的内容为限。警告页面还会告诉你去哪里寻求帮助。
about-kept-heading = 会保留哪些关于你的信息
about-kept = 什么都不保留。这些页面不使用 Cookie，也不记录谁打开过页面、在找什么。
about-contest-heading = 如果你不同意
about-contest = 如果名单注明由谁复核决定，警告页面会给出联系方式和案件编号。
about-run-by = 此网络由{ $operator }运营。

## Pages of one sentence

misdirected = 这项服务目前没有被屏蔽
misdirected-sentence = 你的设备因为旧的信息被转到了这里。请等一分钟，然后重新加载此页面。
missing = 没有这个页面
missing-sentence = 关于这些页面的说明在这里：
unreadable = 无法读取这个请求
unreadable-sentence = 它没有清楚说明要访问哪项服务。
read-only = 此页面只能阅读
read-only-sentence = 不能向它发送任何内容。

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $year }年{ $month }月{ $day }日
region-AT = 奥地利
region-BE = 比利时
region-BG = 保加利亚
region-CY = 塞浦路斯
region-CZ = 捷克
region-DE = 德国
region-DK = 丹麦
region-EE = 爱沙尼亚
region-ES = 西班牙
region-FI = 芬兰
region-FR = 法国
region-GR = 希腊
region-HR = 克罗地亚
region-HU = 匈牙利
region-IE = 爱尔兰
region-IT = 意大利
region-LT = 立陶宛
region-LU = 卢森堡
region-LV = 拉脱维亚
region-MT = 马耳他
region-NL = 荷兰
region-PL = 波兰
region-PT = 葡萄牙
region-RO = 罗马尼亚
region-SE = 瑞典
region-SI = 斯洛文尼亚
region-SK = 斯洛伐克
region-EU = 欧盟
region-GB = 英国
region-NO = 挪威
region-IS = 冰岛
region-LI = 列支敦士登
region-CH = 瑞士
region-UA = 乌克兰
region-TR = 土耳其
region-RS = 塞尔维亚
region-MD = 摩尔多瓦
region-US = 美国
region-CA = 加拿大
region-AU = 澳大利亚
region-NZ = 新西兰
region-KR = 韩国
region-JP = 日本
region-CN = 中国
region-TW = 台湾
region-HK = 香港
region-SG = 新加坡
region-IN = 印度
region-ID = 印度尼西亚
region-MY = 马来西亚
region-PH = 菲律宾
region-TH = 泰国
region-VN = 越南
region-KE = 肯尼亚
region-TZ = 坦桑尼亚
region-UG = 乌干达
region-RW = 卢旺达
region-ZA = 南非
region-NG = 尼日利亚
region-EG = 埃及
region-MA = 摩洛哥
region-TN = 突尼斯
region-SA = 沙特阿拉伯
region-AE = 阿拉伯联合酋长国
region-BR = 巴西
region-MX = 墨西哥
region-AR = 阿根廷
region-CL = 智利
region-CO = 哥伦比亚
