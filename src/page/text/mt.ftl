### Malti.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Malti
direction = ltr

## What stands around every page

leave = Oħroġ minn din il-paġna
leave-note = Dan ma jħassarx l-istorja tal-ibbrawżjar tiegħek.
leave-key = Tista’ toħroġ ukoll billi tagħfas il-buttuna Esc tliet darbiet.
languages = Lingwi
back = Lura għall-avviż
private = Din il-paġna ma tużax cookies. Ma żżomm l-ebda rekord taż-żjara tiegħek, u lanqas ta’ dak li kont qed tfittex.
    .pupil = Din il-paġna ma tniżżilx min int, u lanqas x’kont qed tfittex.
help-dated = Id-data tal-lista tas-servizzi ta’ għajnuna: { $date }.

## The block: what it is, and who decided

block-title = Aċċess imblukkat
block-unlawful = Dan is-servizz huwa illegali hawnhekk, u l-aċċess għalih huwa mblukkat
    .pupil = Dan is-servizz hu kontra l-liġi hawnhekk, u għalhekk hu mblukkat
block-plain = Dan is-servizz huwa mblukkat fuq dan in-netwerk
    .pupil = Dan is-servizz hu mblukkat hawnhekk
block-harm = Servizzi bħal dan jużaw l-intelliġenza artifiċjali biex jagħmlu ritratti foloz li juru lil nies veri għarwenin, mingħajr ma dawn in-nies qatt taw il-kunsens tagħhom. Din hija forma ta’ abbuż, u n-nies li jidhru fir-ritratti, ħafna minnhom bniet u nisa, jistgħu jbatu għal żmien twil.
    .pupil = Servizzi bħal dan jużaw l-intelliġenza artifiċjali biex jagħmlu ritratti foloz li juru lil nies veri għarwenin. Ħadd ma talabhom il-permess, u dan jista’ jweġġagħhom għal żmien twil ħafna.
block-by-authority = Awtorità ddeċidiet li dan is-servizz m’għandux ikun aċċessibbli. Fuq din il-paġna ssib id-deċiżjoni, u kif tista’ tikkontestaha.
    .pupil = Hekk iddeċidiet awtorità uffiċjali. Hawn taħt tista’ taqra liema awtorità kienet, u x’tista’ tagħmel jekk taħseb li d-deċiżjoni hija żbaljata.
block-by-operator = Dan is-servizz jinsab f’lista magħżula mill-operatur ta’ dan in-netwerk.
    .pupil = In-nies li jieħdu ħsieb dan in-netwerk għażlu li jimblukkawh.
decision = Id-deċiżjoni
decided-by = Min iddeċieda
operator = L-operatur ta’ dan in-netwerk
legal-basis = Liġi
reference = Numru tal-każ
listed = Bidu tal-imblukkar
expires = Tmiem tal-imblukkar
list = Lista

## The doors, in the words of the person who takes one

doors = X’ġabek hawn?
door-image = Huwa dwar ritratt tiegħi, jew ta’ xi ħadd li naf
    .pupil = Xi ħadd għamel jew xerred ritratt tiegħi, jew ta’ xi ħadd li naf
door-talk = Għandi bżonn inkellem lil xi ħadd
door-worry = Jinkwetani dak li qed nagħmel
    .pupil = Qed tinkwetani xi ħaġa li għamilt, jew li forsi nagħmel
door-mistake = Wasalt hawn bi żball, jew ma naqbilx
    .pupil = Ġejt hawn bla ma ridt, jew naħseb li dan hu ħażin
door-teachers = Għall-għalliema u l-ġenituri

## “It is about an image of me”

image-heading = M’intix waħdek, u mhux tort tiegħek
    .pupil = M’intix waħdek, u mhux tort tiegħek
image-comfort = Jekk xi ħadd għamel jew xerred ritratt falz tiegħek, dik il-persuna għamlet ħażin, mhux int. Tista’ ssib l-għajnuna mingħajr ma ħadd iwaħħal fik. L-istess jgħodd jekk ir-ritratt ikun ta’ xi ħadd li taf.
    .pupil = Jekk xi ħadd għamel jew xerred ritratt falz tiegħek, dik il-persuna għamlet xi ħaġa ħażina. Int le. Hemm nies li jgħinuk, u ħadd m’għandu jwaħħal fik. L-istess jgħodd jekk ir-ritratt ikun ta’ xi ħadd li taf.
rights-heading = Id-drittijiet tiegħek
    .pupil = Id-drittijiet tiegħek
right-law = F’ħafna pajjiżi huwa kontra l-liġi li xi ħadd jagħmel jew ixerred ritratt bħal dan ta’ persuna li ma tatx il-kunsens tagħha, anke jekk ikun sar bl-intelliġenza artifiċjali.
    .pupil = F’ħafna pajjiżi ħadd ma jista’ jagħmel jew ixerred ritratt bħal dan, anke jekk ikun għamlu kompjuter.
right-removal = Tista’ titlob lis-siti web u lill-apps biex ineħħu r-ritratt. Hemm servizzi b’xejn li jgħinuk f’dan.
    .pupil = Tista’ titlob biex ir-ritratt jitneħħa. Hemm servizzi li jgħinuk, u huma b’xejn.
right-anonymous = Ħafna linji ta’ għajnuna jisimgħuk mingħajr ma jistaqsuk x’jismek.
    .pupil = Tista’ ċċempel jew tikteb lil linja ta’ għajnuna. Ħafna drabi lanqas ikollok bżonn tgħid x’jismek.
step-help = L-ewwel: fittex l-għajnuna
step-report = Imbagħad: itlob li r-ritratt jitneħħa
step-report-note = Ikteb fejn jinsab ir-ritratt u meta rajtu, u żomm il-messaġġi dwaru. Jekk il-persuna fir-ritratt għandha inqas minn 18-il sena, la tissejvja u la tibgħat ir-ritratt innifsu.
    .pupil = Ikteb fejn rajt ir-ritratt u meta, u żomm il-messaġġi dwaru. La tissejvja r-ritratt u la tibagħtu lil ħadd, lanqas bħala prova.
step-trust = U: għid lil xi ħadd li tafda
step-trust-note = Lil ġenitur, jew lil xi ħadd mill-familja, mill-għalliema, mill-counsellors jew minn ħbiebek. M’għandekx għalfejn iġġorr dan il-piż waħdek.
    .pupil = Lil ommok jew lil missierek, lil xi ħadd ieħor mill-familja, lil xi ħadd mill-għalliema, lin-ners tal-iskola, jew lil xi ħadd minn ħbiebek tal-qalb. M’għandekx għalfejn tgħaddi minn dan waħdek.
threat-heading = Jekk xi ħadd qed jheddek
    .pupil = Jekk xi ħadd qed jheddek
threat = La tħallas u la tibgħat xejn aktar. Żomm il-messaġġi li rċevejt: juru x’ġara. Linja ta’ għajnuna tista’ tgħinek tiddeċiedi x’tagħmel wara.
    .pupil = La tħallas u la tibgħat aktar ritratti, jgħidulek x’jgħidulek. Żomm il-messaġġi, u urihom lil adult li tafda. Mhux se tidħol fl-inkwiet.

## “I need to talk to someone”

talk-heading = Hemm min jismgħek
    .pupil = Hemm xi ħadd li jismgħek
talk-comfort = Tkun xi tkun ir-raġuni li ġabitek hawn, tista’ titkellem dwarha. Ħadd mhu se jwaħħal fik.
    .pupil = Tkun xi tkun il-ħaġa, tista’ titkellem dwarha. Ħadd mhu se jirrabja għalik.

## “I am worried about what I do”

worry-heading = Jekk jinkwetak dak li qed tagħmel
    .pupil = Jekk qed tinkwetak xi ħaġa li għamilt, jew li forsi tagħmel
worry-comfort = Ir-rieda li tbiddel xi ħaġa titlob kuraġġ, u bl-għajnuna jista’ jirnexxilek. Hemm nies li tista’ tkellimhom u li mhux se jiġġudikawk, u m’għandekx għalfejn tagħti ismek.
    .pupil = Trid il-kuraġġ biex taħseb dwar dan. Ritratt bħal dan iweġġa’ lil xi ħadd, kemm meta jsir kif ukoll meta jixxerred, imma int tista’ tieqaf u tirranġa l-affarijiet, u hemm nies li jgħinuk.
worry-stop = Ieqaf hawn. La tagħmel u la xxerred xejn aktar.
    .pupil = Ieqaf hawn. La tagħmel u la xxerred aktar ritratti.
worry-repair = Jekk xerridt ritratt, itlob lil min għandu kopja biex iħassarha, u itlob li r-ritratt jitneħħa.
    .pupil = Jekk xerridt ritratt, għid lil adult li tafda, biex ir-ritratt ikun jista’ jitneħħa malajr.
worry-talk = Kellem lil xi ħadd. In-nies f’dawn is-servizzi jisimgħu affarijiet bħal dawn kuljum.
    .pupil = Kellem lil xi ħadd. In-nies ta’ dawn il-linji ta’ għajnuna jisimgħu affarijiet bħal dawn kuljum.
worry-young = Jekk għandek inqas minn 18-il sena, il-linji ta’ għajnuna għaż-żgħażagħ qegħdin hemm għalik ukoll.
    .pupil = Il-linji ta’ għajnuna għat-tfal u ż-żgħażagħ qegħdin hemm għalik ukoll.

## “I am here by mistake, or I disagree”

mistake-heading = Jekk wasalt hawn bi żball, jew ma taqbilx
    .pupil = Jekk ġejt hawn bla ma ridt, jew taħseb li dan hu ħażin
mistake-leave = Jekk wasalt hawn bi żball, m’għandek bżonn tagħmel xejn. Tista’ sempliċement toħroġ.
    .pupil = Jekk ġejt hawn bla ma ridt, ma ġara xejn ħażin, u mhux se tidħol fl-inkwiet. Tista’ sempliċement toħroġ.
mistake-appeal = Jekk taħseb li dan is-servizz m’għandux ikun imblukkat, tista’ titlob reviżjoni tad-deċiżjoni:
    .pupil = Jekk taħseb li dan is-servizz m’għandux ikun imblukkat, tkellem dwar dan ma’ adult. Int jew l-adult tistgħu titolbu reviżjoni tad-deċiżjoni:
mistake-reference = Jekk jogħġbok agħti n-numru tal-każ:
    .pupil = Ikteb dan in-numru tal-każ fil-messaġġ tiegħek:
mistake-subject = Talba għal reviżjoni tad-deċiżjoni
mistake-operator = Għal mistoqsijiet dwar dan in-netwerk u dak li jimblokka:
    .pupil = Jekk għandek xi mistoqsija, staqsi lil xi ħadd mill-għalliema jew ikteb hawn:
mistake-no-operator = Għal mistoqsijiet dwar dan in-netwerk u dak li jimblokka, staqsi lil min jipprovdihulek: il-fornitur tal-internet, l-iskola jew il-post tax-xogħol.
    .pupil = Jekk għandek xi mistoqsija, staqsi lil xi ħadd mill-għalliema, jew lil min jieħu ħsieb l-internet fejn tinsab int.
mistake-record = Dak li tgħid il-lista dwar dan il-każ huwa pubbliku:

## For teachers and parents

teachers-heading = Kif nitkellmu dwar ritratti foloz ta’ nies għarwenin
teachers-lead = Ritratt normali huwa biżżejjed biex l-intelliġenza artifiċjali tagħmel ritratt li juri lil xi ħadd għarwien. L-istudenti jagħmlu dan lil xulxin. Il-biċċa l-kbira ta’ dawk li jidhru f’dawn ir-ritratti huma bniet. Ritratt falz jista’ jweġġa’ daqs wieħed veru.
teachers-class = Fil-klassi
teachers-class-consent = Staqsi xi jfisser il-kunsens għal ritratt: meta jittieħed, meta jinbidel, meta jgħaddi għand ħaddieħor.
teachers-class-person = Tkellem dwar il-persuna li tidher fir-ritratt. Qatt m’għandek tfittex jew turi eżempji.
teachers-class-bystander = Iftiehmu x’tagħmlu meta jaslilkom ritratt bħal dan: ma tgħadduhx lil ħaddieħor, iżżommu mal-persuna li tidher fih, u tgħidu lil adult.
teachers-class-whom = Għidilhom lil min jistgħu jkellmu fl-iskola tagħkom, u li min jitkellem ma jkun qed jittradixxi lil ħadd.
teachers-incident = Meta jkun diġà ġara
teachers-incident-listen = Isma’, żomm il-kalma, emmen lit-tifel jew lit-tifla, u għidilhom li mhux tort tagħhom.
teachers-incident-image = Tikkopjax ir-ritratt, tgħaddihx lil ħaddieħor, u tħarisx lejh bla bżonn. Ikteb fejn jinsab u min qallek dwaru.
teachers-incident-protect = Iftiehem mat-tifel jew mat-tifla dwar min jeħtieġ ikun jaf, u pproteġihom minn dawk li qed ixerrdu r-ritratt.
teachers-incident-report = Itlob li r-ritratt jitneħħa permezz tas-servizzi ta’ hawn taħt, u informa lill-awtoritajiet kif titlob il-liġi.
teachers-incident-others = Dawk li jkunu għamluh spiss ikunu tfal huma wkoll. Għandhom bżonn limiti ċari, u għajnuna.

## Whom each kind of help is for

need-danger = Jekk tinsab fil-periklu bħalissa
    .pupil = Jekk tinsab fil-periklu issa stess
need-danger-call = Ċempel lis-servizzi tal-emerġenza ta’ pajjiżek.
    .pupil = Ċempel in-numru tal-emerġenza, jew itlob lil adult biex iċempel.
need-talk-young = Kellem lil xi ħadd: tfal u żgħażagħ
need-talk-anyone = Kellem lil xi ħadd: nies ta’ kull età
need-remove-young = Biex jitneħħa ritratt ta’ persuna ta’ inqas minn 18-il sena
need-remove-adult = Biex jitneħħa ritratt ta’ persuna ta’ 18-il sena jew aktar
need-worried = Għal adulti li huma inkwetati dwarhom infushom

## In the directory of help services

help-emergency = servizzi tal-emerġenza
help-child-helplines = linji nazzjonali ta’ għajnuna għat-tfal
help-not-everywhere = mhux f’kull pajjiż
help-safer-internet = Ċentri għal Internet Aktar Sikur
help-parents-too = għall-ġenituri u l-għalliema wkoll
help-find-helpline = Sib linja ta’ għajnuna għat-tfal
help-by-country = skont il-pajjiż
help-hotlines = linji għar-rappurtar
help-report-anonymously = irrapporta b’mod anonimu, skont il-pajjiż

## The public record of a case

record-title = Rekord pubbliku
record-heading = Rekord pubbliku ta’ każ
record-in-force = X’jgħidu dwar dan il-każ il-listi fis-seħħ fuq dan in-netwerk:
record-none = L-ebda lista fis-seħħ fuq dan in-netwerk ma fiha każ b’dan in-numru.
record-service = Servizz
record-service-withheld = Ma jintweriex, biex dan ir-rekord ma jgħin lil ħadd isibu.
record-rules = Ismijiet imblukkati

## About the service itself, on its own address

about-title = Dwar is-servizzi mblukkati
about-heading = Xi servizzi ma jistgħux jintlaħqu minn dan in-netwerk
about-what = Xi servizzi huma illegali, jew huma mblukkati għax hekk għażlu dawk li jmexxu dan in-netwerk. Meta apparat fuq dan in-netwerk jistaqsi fejn jinsab servizz bħal dan, minflok jintbagħat fuq paġna ta’ twissija.
about-told-heading = X’tgħidlek il-paġna ta’ twissija
about-told = Għaliex is-servizz huwa mblukkat, min iddeċieda, skont liema liġi, u n-numru tal-każ, jekk dan ikun imniżżel fil-lista tas-servizzi mblukkati. Tgħidlek ukoll fejn tista’ ssib l-għajnuna.
about-kept-heading = X’jinżamm dwarek
about-kept = Xejn. Dawn il-paġni ma jużawx cookies, u ma jżommu l-ebda rekord ta’ min fetaħhom, u lanqas ta’ x’kien qed ifittex.
about-contest-heading = Jekk ma taqbilx
about-contest = Meta lista tgħid min jirrevedi d-deċiżjonijiet tagħha, il-paġna ta’ twissija tagħti l-indirizz u n-numru tal-każ.
about-run-by = L-operatur ta’ dan in-netwerk: { $operator }.

## Pages of one sentence

misdirected = Dan is-servizz mhux imblukkat, jew m’għadux
misdirected-sentence = L-apparat tiegħek intbagħat hawn minħabba tweġiba antika. Jekk jogħġbok stenna minuta, imbagħad erġa’ għabbi din il-paġna.
missing = M’hemmx paġna bħal din
missing-sentence = Dawn il-paġni huma spjegati hawn:
unreadable = Din it-talba ma setgħetx tinqara
unreadable-sentence = Ma tgħidx b’mod ċar għal liema servizz hi.
read-only = Din il-paġna tista’ biss tinqara
read-only-sentence = Ma tista’ tibgħatilha xejn.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day } ta’ { $month ->
    [1] Jannar
    [2] Frar
    [3] Marzu
    [4] April
    [5] Mejju
    [6] Ġunju
    [7] Lulju
    [8] Awwissu
    [9] Settembru
    [10] Ottubru
    [11] Novembru
   *[12] Diċembru
} { $year }
region-AT = l-Awstrija
region-BE = il-Belġju
region-BG = il-Bulgarija
region-CY = Ċipru
region-CZ = ir-Repubblika Ċeka
region-DE = il-Ġermanja
region-DK = id-Danimarka
region-EE = l-Estonja
region-ES = Spanja
region-FI = il-Finlandja
region-FR = Franza
region-GR = il-Greċja
region-HR = il-Kroazja
region-HU = l-Ungerija
region-IE = l-Irlanda
region-IT = l-Italja
region-LT = il-Litwanja
region-LU = il-Lussemburgu
region-LV = il-Latvja
region-MT = Malta
region-NL = in-Netherlands
region-PL = il-Polonja
region-PT = il-Portugall
region-RO = ir-Rumanija
region-SE = l-Iżvezja
region-SI = is-Slovenja
region-SK = is-Slovakkja
region-EU = Unjoni Ewropea
region-GB = ir-Renju Unit
region-NO = in-Norveġja
region-IS = l-Iżlanda
region-LI = il-Liechtenstein
region-CH = l-Iżvizzera
region-UA = l-Ukrajna
region-TR = it-Turkija
region-RS = is-Serbja
region-MD = il-Moldova
region-US = l-Istati Uniti
region-CA = il-Kanada
region-AU = l-Awstralja
region-NZ = New Zealand
region-KR = il-Korea t’Isfel
region-JP = il-Ġappun
region-CN = iċ-Ċina
region-TW = it-Tajwan
region-HK = Hong Kong
region-SG = Singapore
region-IN = l-Indja
region-ID = l-Indoneżja
region-MY = il-Malasja
region-PH = il-Filippini
region-TH = it-Tajlandja
region-VN = il-Vjetnam
region-KE = il-Kenja
region-TZ = it-Tanzanija
region-UG = l-Uganda
region-RW = ir-Rwanda
region-ZA = l-Afrika t’Isfel
region-NG = in-Niġerja
region-EG = l-Eġittu
region-MA = il-Marokk
region-TN = it-Tuneżija
region-SA = l-Arabja Sawdija
region-AE = l-Emirati Għarab Magħquda
region-BR = Il-Brażil
region-MX = il-Messiku
region-AR = l-Arġentina
region-CL = iċ-Ċili
region-CO = il-Kolombja
