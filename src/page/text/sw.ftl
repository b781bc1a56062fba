### Kiswahili.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Kiswahili
direction = ltr

## What stands around every page

leave = Ondoka kwenye ukurasa huu sasa
leave-note = Kuondoka hakufuti historia ya kivinjari.
leave-key = Unaweza pia kuondoka kwa kubonyeza kitufe cha Escape (Esc) mara tatu.
languages = Lugha
back = Rudi kwenye taarifa
private = Ukurasa huu hauweki vidakuzi (cookies). Hauhifadhi kumbukumbu yoyote ya ziara yako, wala ya kile ulichokuwa unatafuta.
    .pupil = Ukurasa huu hauandiki wewe ni nani wala ulikuwa unatafuta nini.
help-dated = Orodha ya huduma za msaada kama ilivyokuwa tarehe { $date }.

## The block: what it is, and who decided

block-title = Huduma imezuiwa
block-unlawful = Huduma hii ni kinyume cha sheria hapa, na imezuiwa
    .pupil = Huduma hii ni kinyume cha sheria hapa, kwa hiyo imezuiwa
block-plain = Huduma hii imezuiwa kwenye mtandao huu
    .pupil = Huduma hii imezuiwa hapa
block-harm = Huduma za aina hii hutumia akili mnemba (AI) kutengeneza picha bandia za utupu za watu halisi ambao hawakuwahi kukubali jambo hilo. Hii ni aina ya ukatili, na watu wanaoonyeshwa, wengi wao wasichana na wanawake, wanaweza kuumia kwa muda mrefu.
    .pupil = Huduma za aina hii hutumia akili mnemba (AI) kutengeneza picha bandia zinazoonyesha watu halisi wakiwa bila nguo. Watu hao hawakuulizwa, na jambo hili linaweza kuwaumiza kwa muda mrefu sana.
block-by-authority = Mamlaka ya umma iliamua kwamba huduma hii isipatikane. Uamuzi huo umeelezwa kwenye ukurasa huu, pamoja na njia ya kuupinga.
    .pupil = Mamlaka rasmi ndiyo iliyoamua hivyo. Hapa chini unaweza kusoma ni mamlaka gani, na la kufanya ikiwa unafikiri uamuzi huo si sahihi.
block-by-operator = Huduma hii imo kwenye orodha iliyochaguliwa na mwendeshaji wa mtandao huu.
    .pupil = Watu wanaosimamia mtandao huu waliamua kuizuia.
decision = Uamuzi
decided-by = Uamuzi ulitolewa na
operator = Mwendeshaji wa mtandao huu
legal-basis = Sheria
reference = Nambari ya kumbukumbu
listed = Imezuiwa tangu
expires = Imezuiwa hadi
list = Orodha

## The doors, in the words of the person who takes one

doors = Kwa nini uko hapa?
door-image = Ni kuhusu picha yangu, au ya mtu ninayemjua
    .pupil = Kuna mtu aliyetengeneza au kusambaza picha yangu, au ya mtu ninayemjua
door-talk = Nahitaji kuzungumza na mtu
door-worry = Nina wasiwasi kuhusu mambo ninayofanya
    .pupil = Nina wasiwasi kuhusu jambo nililofanya, au ambalo huenda nikafanya
door-mistake = Niko hapa kimakosa, au sikubaliani na uamuzi
    .pupil = Nimefika hapa kwa bahati mbaya, au nafikiri hili si sawa
door-teachers = Kwa walimu na wazazi

## “It is about an image of me”

image-heading = Hauko peke yako, na si kosa lako
    .pupil = Hauko peke yako, na si kosa lako
image-comfort = Ikiwa mtu ametengeneza au kusambaza picha bandia inayokuonyesha, yeye ndiye aliyekosea, si wewe. Unaweza kupata msaada bila kulaumiwa. Ndivyo ilivyo pia ikiwa picha ni ya mtu unayemjua.
    .pupil = Ikiwa mtu ametengeneza au kusambaza picha bandia inayokuonyesha, yeye ndiye aliyefanya kosa, si wewe. Kuna watu watakaokusaidia, na hakuna anayepaswa kukulaumu. Ndivyo ilivyo pia ikiwa picha ni ya mtu unayemjua.
rights-heading = Haki zako
    .pupil = Haki zako
right-law = Katika nchi nyingi ni kinyume cha sheria kutengeneza au kusambaza picha kama hiyo ya mtu ambaye hakukubali, hata kama imetengenezwa kwa akili mnemba (AI).
    .pupil = Katika nchi nyingi hakuna anayeruhusiwa kutengeneza au kusambaza picha kama hiyo, hata kama imetengenezwa na kompyuta.
right-removal = Unaweza kuziomba tovuti na programu ziondoe picha hiyo. Kuna huduma za bure zinazokusaidia kufanya hivyo.
    .pupil = Unaweza kuomba picha hiyo iondolewe. Kuna huduma zinazokusaidia, nazo ni za bure.
right-anonymous = Laini nyingi za msaada hukusikiliza bila kukuuliza jina.
    .pupil = Unaweza kupiga simu kwa laini ya msaada au kuiandikia. Mara nyingi huhitaji hata kutaja jina lako.
step-help = Kwanza: pata msaada
step-report = Kisha: omba picha iondolewe
step-report-note = Andika picha iko wapi na uliiona lini, na uhifadhi ujumbe unaoihusu. Ikiwa mtu aliye kwenye picha ana umri wa chini ya miaka 18, usihifadhi wala kutuma picha yenyewe.
    .pupil = Andika uliiona picha wapi na lini, na utunze ujumbe unaoihusu. Usiihifadhi picha hiyo, na usiitume kwa mtu yeyote, hata iwe kwa ajili ya ushahidi.
step-trust = Pia: mwambie mtu unayemwamini
step-trust-note = Mzazi, mtu wa familia yako, mwalimu au mshauri nasaha, rafiki. Si lazima ubebe jambo hili peke yako.
    .pupil = Mama au baba yako, mtu mwingine wa familia yako, mwalimu, mshauri nasaha wa shule, rafiki mzuri. Si lazima ukabiliane na jambo hili peke yako.
threat-heading = Ikiwa mtu anakutishia
    .pupil = Ikiwa mtu anakutishia
threat = Usilipe pesa, na usitume kitu kingine chochote. Hifadhi ujumbe wake: unaonyesha kilichotokea. Laini ya msaada inaweza kukusaidia kuamua la kufanya.
    .pupil = Usilipe pesa, na usitume picha nyingine, hata akisema nini. Tunza ujumbe wake, na umwonyeshe mtu mzima unayemwamini. Wewe huna kosa.

## “I need to talk to someone”

talk-heading = Kuna mtu atakayekusikiliza
    .pupil = Kuna mtu wa kukusikiliza
talk-comfort = Lolote lililokuleta hapa, unaweza kulizungumzia. Hutalaumiwa.
    .pupil = Liwe jambo lolote, unaweza kulizungumzia. Hakuna atakayekukasirikia.

## “I am worried about what I do”

worry-heading = Ikiwa una wasiwasi kuhusu mambo unayofanya
    .pupil = Ikiwa una wasiwasi kuhusu jambo ulilofanya, au ambalo huenda ukafanya
worry-comfort = Kutaka kubadilisha jambo kunahitaji ujasiri, na unaweza kufanikiwa ukisaidiwa. Kuna watu wa kuzungumza nao ambao hawatakuhukumu, na si lazima utaje jina lako.
    .pupil = Kutafakari jambo hili ni ujasiri. Kutengeneza au kusambaza picha kama hiyo kunamuumiza mtu, lakini unaweza kuacha na kurekebisha mambo, na kuna watu wa kukusaidia.
worry-stop = Ishia hapa. Usitengeneze wala kusambaza kitu kingine chochote.
    .pupil = Ishia hapa. Usitengeneze wala kusambaza picha nyingine.
worry-repair = Ikiwa umesambaza picha, waombe walio nayo waifute, na uombe iondolewe mtandaoni.
    .pupil = Ikiwa umesambaza picha, mwambie mtu mzima unayemwamini, ili iondolewe haraka.
worry-talk = Zungumza na mtu. Watu wa huduma hizi husikia mambo kama haya kila siku.
    .pupil = Zungumza na mtu. Watu wa laini hizi za msaada husikia mambo kama haya kila siku.
worry-young = Ikiwa una umri wa chini ya miaka 18, laini za msaada kwa vijana zipo kwa ajili yako pia.
    .pupil = Laini za msaada kwa watoto na vijana zipo kwa ajili yako pia.

## “I am here by mistake, or I disagree”

mistake-heading = Ikiwa uko hapa kimakosa, au hukubaliani na uamuzi
    .pupil = Ikiwa umefika hapa kwa bahati mbaya, au unafikiri hili si sawa
mistake-leave = Ikiwa umefika hapa kwa bahati mbaya, huhitaji kufanya chochote. Unaweza tu kuondoka.
    .pupil = Ikiwa umefika hapa kwa bahati mbaya, hakuna jambo baya lililotokea, na huna kosa. Unaweza tu kuondoka.
mistake-appeal = Ikiwa unafikiri huduma hii haipaswi kuzuiwa, unaweza kuomba uamuzi upitiwe upya:
    .pupil = Ikiwa unafikiri huduma hii haipaswi kuzuiwa, zungumza na mtu mzima kuhusu jambo hili. Wewe au yeye mnaweza kuomba uamuzi upitiwe upya:
mistake-reference = Tafadhali taja nambari ya kumbukumbu:
    .pupil = Andika nambari hii ya kumbukumbu kwenye ujumbe wako:
mistake-subject = Ombi la kupitia upya uamuzi
mistake-operator = Kwa maswali kuhusu mtandao huu na huduma zinazozuiwa hapa:
    .pupil = Ikiwa una maswali, muulize mwalimu au andika hapa:
mistake-no-operator = Kwa maswali kuhusu mtandao huu na huduma zinazozuiwa hapa, waulize wanaokupa mtandao huu: mtoa huduma wako wa intaneti, shule yako au mwajiri wako.
    .pupil = Ikiwa una maswali, muulize mwalimu, au mtu anayesimamia intaneti mahali ulipo.
mistake-record = Yale ambayo orodha inasema kuhusu suala hili yako wazi kwa umma:

## For teachers and parents

teachers-heading = Kuzungumza kuhusu picha bandia za utupu
teachers-lead = Picha ya kawaida inatosha kwa akili mnemba (AI) kutengeneza picha inayomwonyesha mtu akiwa bila nguo. Wanafunzi huwafanyia wanafunzi wenzao jambo hili. Wengi wa wanaoonyeshwa ni wasichana. Picha bandia inaweza kuumiza sawa na picha halisi.
teachers-class = Darasani
teachers-class-consent = Waulize wanafunzi ridhaa ina maana gani inapohusu picha: inapopigwa, inapobadilishwa, na inapotumwa kwa wengine.
teachers-class-person = Mzungumzie mtu anayeonyeshwa. Usitafute mifano kamwe, na usionyeshe mfano wowote.
teachers-class-bystander = Kubaliana na wanafunzi kuhusu la kufanya picha kama hiyo inapofika: kutoituma kwa wengine, kuwa upande wa mtu anayeonyeshwa, na kumwambia mtu mzima.
teachers-class-whom = Eleza ni nani shuleni anayeweza kuambiwa, na kwamba kusema si usaliti.
teachers-incident = Jambo hili likishatokea
teachers-incident-listen = Sikiliza, tulia, mwamini mtoto, na umwambie kwamba si kosa lake.
teachers-incident-image = Usinakili wala kusambaza picha hiyo, na usiitazame bila ulazima. Andika iko wapi na nani alikuambia.
teachers-incident-protect = Kubaliana na mtoto kuhusu nani anahitaji kujua, na umlinde dhidi ya wanaoisambaza.
teachers-incident-report = Omba picha iondolewe kupitia huduma zilizo hapa chini, na uzijulishe mamlaka kama sheria ya nchi yako inavyotaka.
teachers-incident-others = Mara nyingi walioitengeneza ni watoto pia. Wanahitaji mipaka iliyo wazi, na msaada.

## Whom each kind of help is for

need-danger = Ikiwa uko hatarini sasa
    .pupil = Ikiwa uko hatarini sasa hivi
need-danger-call = Piga simu kwa huduma za dharura za nchi yako.
    .pupil = Piga simu kwa nambari ya dharura, au mwombe mtu mzima apige.
need-talk-young = Kuzungumza na mtu: watoto na vijana
need-talk-anyone = Kuzungumza na mtu: umri wowote
need-remove-young = Kuomba picha iondolewe: aliye kwenye picha ana umri wa chini ya miaka 18
need-remove-adult = Kuomba picha iondolewe: aliye kwenye picha ana umri wa miaka 18 au zaidi
need-worried = Kwa watu wazima wenye wasiwasi kuhusu mienendo yao

## In the directory of help services

help-emergency = huduma za dharura
help-child-helplines = laini za kitaifa za msaada kwa watoto
help-not-everywhere = hazipo katika kila nchi
help-safer-internet = Vituo vya Intaneti Salama
help-parents-too = kwa wazazi na walimu pia
help-find-helpline = Tafuta laini ya msaada kwa watoto
help-by-country = kulingana na nchi
help-hotlines = laini za kuripoti
help-report-anonymously = ripoti bila kutaja jina, kulingana na nchi

## The public record of a case

record-title = Rekodi ya umma
record-heading = Rekodi ya umma kuhusu suala hili
record-in-force = Orodha zinazotumika kwenye mtandao huu zinasema haya kuhusu suala hili:
record-none = Hakuna orodha inayotumika kwenye mtandao huu yenye suala la nambari hii.
record-service = Huduma
record-service-withheld = Haionyeshwi, ili rekodi hii isimsaidie mtu yeyote kuipata.
record-rules = Idadi ya majina yaliyozuiwa

## About the service itself, on its own address

about-title = Kuhusu huduma zilizozuiwa
about-heading = Baadhi ya huduma hazipatikani kwenye mtandao huu
about-what = Baadhi ya huduma ni kinyume cha sheria, au zimezuiwa kwa uamuzi wa wanaoendesha mtandao huu. Kifaa kilicho kwenye mtandao huu kinapouliza huduma kama hiyo iko wapi, hupelekwa kwenye ukurasa wa tahadhari badala yake.
about-told-heading = Ukurasa wa tahadhari unakuambia nini
about-told = Kwa nini huduma imezuiwa, nani aliamua, kwa sheria gani, na nambari ya kumbukumbu, kwa kadiri orodha ya huduma zilizozuiwa inavyoeleza. Ukurasa huo pia unaeleza mahali pa kupata msaada.
about-kept-heading = Kinachohifadhiwa kukuhusu
about-kept = Hakuna. Kurasa hizi haziweki vidakuzi (cookies), na hazihifadhi kumbukumbu ya nani alizifungua wala alikuwa akitafuta nini.
about-contest-heading = Ikiwa hukubaliani na uamuzi
about-contest = Pale orodha inapoeleza nani hupitia upya maamuzi yake, ukurasa wa tahadhari hutoa anwani na nambari ya kumbukumbu.
about-run-by = Mtandao huu unaendeshwa na { $operator }.

## Pages of one sentence

misdirected = Huduma hii haijazuiwa, au haizuiwi tena
misdirected-sentence = Kifaa chako kilielekezwa hapa kwa sababu ya jibu la zamani. Tafadhali subiri dakika moja, kisha upakie upya ukurasa huu.
missing = Hakuna ukurasa kama huo
missing-sentence = Kurasa hizi zimeelezwa hapa:
unreadable = Ombi hili halikuweza kusomwa
unreadable-sentence = Halielezi wazi ni la huduma gani.
read-only = Ukurasa huu unaweza kusomwa tu
read-only-sentence = Hakuna kinachoweza kutumwa kwenye ukurasa huu.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day } { $month ->
    [1] Januari
    [2] Februari
    [3] Machi
    [4] Aprili
    [5] Mei
    [6] Juni
    [7] Julai
    [8] Agosti
    [9] Septemba
    [10] Oktoba
    [11] Novemba
   *[12] Desemba
} { $year }
region-AT = Austria
region-BE = Ubelgiji
region-BG = Bulgaria
region-CY = Saiprasi
region-CZ = Chechia
region-DE = Ujerumani
region-DK = Denmaki
region-EE = Estonia
region-ES = Uhispania
region-FI = Ufini
region-FR = Ufaransa
region-GR = Ugiriki
region-HR = Croatia
region-HU = Hungaria
region-IE = Ayalandi
region-IT = Italia
region-LT = Lithuania
region-LU = Luxembourg
region-LV = Latvia
region-MT = Malta
region-NL = Uholanzi
region-PL = Poland
region-PT = Ureno
region-RO = Romania
region-SE = Uswidi
region-SI = Slovenia
region-SK = Slovakia
region-EU = Umoja wa Ulaya
region-GB = Ufalme wa Muungano
region-NO = Norway
region-IS = Aisilandi
region-LI = Liechtenstein
region-CH = Uswisi
region-UA = Ukraine
region-TR = Uturuki
region-RS = Serbia
region-MD = Moldova
region-US = Marekani
region-CA = Kanada
region-AU = Australia
region-NZ = Nyuzilandi
region-KR = Korea Kusini
region-JP = Japani
region-CN = Uchina
region-TW = Taiwan
region-HK = Hong Kong
region-SG = Singapore
region-IN = India
region-ID = Indonesia
region-MY = Malesia
region-PH = Ufilipino
region-TH = Tailandi
region-VN = Vietnamu
region-KE = Kenya
region-TZ = Tanzania
region-UG = Uganda
region-RW = Rwanda
region-ZA = Afrika Kusini
region-NG = Nigeria
region-EG = Misri
region-MA = Morocco
region-TN = Tunisia
region-SA = Saudia
region-AE = Falme za Kiarabu
region-BR = Brazil
region-MX = Meksiko
region-AR = Ajentina
region-CL = Chile
region-CO = Kolombia
