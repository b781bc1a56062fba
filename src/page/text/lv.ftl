### Latviešu.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Latviešu
direction = ltr

## What stands around every page

leave = Tūlīt pamest lapu
leave-note = Pārlūkošanas vēsture ar to netiek dzēsta.
leave-key = Lapu var pamest arī, trīs reizes nospiežot taustiņu Esc.
languages = Valodas
back = Atpakaļ uz paziņojumu
private = Šī lapa neizmanto sīkdatnes. Tā nesaglabā ziņas par jūsu apmeklējumu un par to, ko meklējāt.
    .pupil = Šī lapa nepieraksta, kas tu esi un ko meklēji.
help-dated = Palīdzības dienestu saraksta datums: { $date }.

## The block: what it is, and who decided

block-title = Piekļuve bloķēta
block-unlawful = Šis pakalpojums šeit ir nelikumīgs, un piekļuve tam ir bloķēta
    .pupil = Šo pakalpojumu šeit aizliedz likums, tāpēc tas ir bloķēts
block-plain = Šis pakalpojums šajā tīklā ir bloķēts
    .pupil = Šis pakalpojums šeit ir bloķēts
block-harm = Šādi pakalpojumi ar mākslīgo intelektu veido viltotus kailattēlus, kuros redzami īsti cilvēki, kas tam nekad nav piekrituši. Tas ir vardarbības veids. Attēlotie cilvēki – viņu vidū daudz meiteņu un sieviešu – var ilgi ciest.
    .pupil = Šādi pakalpojumi ar mākslīgo intelektu taisa viltotas bildes, kurās īsti cilvēki izskatās kaili. Neviens šiem cilvēkiem nav prasījis atļauju, un viņiem var sāpēt ļoti ilgi.
block-by-authority = Kompetentā iestāde ir nolēmusi, ka šis pakalpojums nedrīkst būt pieejams. Šajā lapā ir norādīts lēmums un tas, kā to apstrīdēt.
    .pupil = Tā nolēma oficiāla iestāde. Tālāk vari izlasīt, kura tā ir un ko darīt, ja domā, ka tas nav pareizi.
block-by-operator = Pakalpojums ir sarakstā, ko izvēlējies šī tīkla operators.
    .pupil = Cilvēki, kas rūpējas par šo tīklu, nolēma šo pakalpojumu bloķēt.
decision = Lēmums
decided-by = Lēmumu pieņēma
operator = Šī tīkla operators
legal-basis = Tiesiskais pamats
reference = Lietas numurs
listed = Bloķēšanas sākums
expires = Bloķēšanas beigas
list = Saraksts

## The doors, in the words of the person who takes one

doors = Par ko ir runa?
door-image = Runa ir par attēlu, kurā esmu es vai kāds, ko pazīstu
    .pupil = Kāds uztaisīja vai izplatīja bildi, kurā esmu es vai kāds, ko pazīstu
door-talk = Man vajag ar kādu parunāt
door-worry = Mani uztrauc tas, ko es daru
    .pupil = Mani uztrauc kaut kas, ko izdarīju vai varētu izdarīt
door-mistake = Šeit nokļuvu kļūdas dēļ vai nepiekrītu
    .pupil = Šeit nokļuvu nejauši vai domāju, ka tas nav pareizi
door-teachers = Skolotājiem un vecākiem

## “It is about an image of me”

image-heading = Jums ar to nav jāpaliek vienatnē, un tā nav jūsu vaina
    .pupil = Tev ar to nav jāpaliek vienatnē, un tā nav tava vaina
image-comfort = Ja kāds ir izveidojis vai izplatījis viltotu jūsu attēlu, slikti ir rīkojies šis cilvēks, nevis jūs. Jūs varat saņemt palīdzību, un neviens jūs nevainos. Tas pats attiecas arī uz cilvēku, ko pazīstat.
    .pupil = Ja kāds ir uztaisījis vai izplatījis viltotu bildi ar tevi, slikti ir rīkojies šis cilvēks, nevis tu. Ir cilvēki, kas tev palīdzēs, un nevienam nevajadzētu tevi vainot. Tas pats attiecas arī uz cilvēku, ko pazīsti.
rights-heading = Jūsu tiesības
    .pupil = Tavas tiesības
right-law = Daudzās valstīs likums aizliedz veidot vai izplatīt šādu cilvēka attēlu bez viņa piekrišanas, arī tad, ja to radījis mākslīgais intelekts.
    .pupil = Daudzās valstīs neviens nedrīkst taisīt vai izplatīt šādas bildes, arī tad, ja tās uztaisījis dators.
right-removal = Jūs varat lūgt, lai vietnes un lietotnes attēlu noņem. Ir dienesti, kas bez maksas palīdz to izdarīt.
    .pupil = Tu vari lūgt, lai bildi noņem. Ir dienesti, kas tev palīdzēs, un tas neko nemaksā.
right-anonymous = Daudzos uzticības tālruņos jūs uzklausīs, neprasot jūsu vārdu.
    .pupil = Tu vari piezvanīt uz uzticības tālruni vai tam uzrakstīt. Bieži pat nav jāsaka savs vārds.
step-help = Vispirms: saņemt palīdzību
step-report = Pēc tam: panākt, ka attēlu noņem
step-report-note = Pierakstiet, kur attēls atrodas un kad to redzējāt, un saglabājiet ar to saistītos ziņojumus. Ja cilvēkam attēlā vēl nav 18 gadu, pašu attēlu nesaglabājiet un nesūtiet.
    .pupil = Pieraksti, kur un kad redzēji bildi, un saglabā ziņojumus par to. Pašu bildi nesaglabā un nevienam nesūti, pat ne kā pierādījumu.
step-trust = Un vēl: pastāstīt kādam, kam var uzticēties
step-trust-note = Tas var būt kāds no vecākiem vai ģimenes, skolotājs vai psihologs, draugs vai draudzene. Jums tas nav jānes vienatnē.
    .pupil = Tā var būt mamma vai tētis, kāds cits no ģimenes, skolotājs vai skolotāja, skolas medmāsa, labs draugs vai draudzene. Tev ar to nav jātiek galā vienatnē.
threat-heading = Ja kāds jums draud
    .pupil = Ja kāds tev draud
threat = Nemaksājiet un vairs neko nesūtiet. Saglabājiet saņemtos ziņojumus: tie parāda, kas noticis. Uzticības tālrunī jums var palīdzēt izlemt, ko darīt tālāk.
    .pupil = Nemaksā un vairs nesūti nekādas bildes, lai ko tev teiktu. Saglabā ziņojumus un parādi tos pieaugušajam, kuram uzticies. Tā nav tava vaina, un tevi nav par ko rāt.

## “I need to talk to someone”

talk-heading = Ir kāds, kas jūs uzklausīs
    .pupil = Ir kāds, kas tevi uzklausīs
talk-comfort = Lai kas jūs šurp būtu atvedis, par to var parunāt. Neviens jūs nevainos.
    .pupil = Lai kas tas būtu, par to vari parunāt. Neviens uz tevi nedusmosies.

## “I am worried about what I do”

worry-heading = Ja jūs uztrauc tas, ko darāt
    .pupil = Ja tevi uztrauc kaut kas, ko izdarīji vai varētu izdarīt
worry-comfort = Ir vajadzīga drosme, lai gribētu kaut ko mainīt, un ar palīdzību tas izdodas. Ir cilvēki, ar kuriem var parunāt. Viņi jūs nenosodīs, un savs vārds nav jāsaka.
    .pupil = Ir vajadzīga drosme, lai par to aizdomātos. Kad kāds taisa vai izplata šādu bildi, citam cilvēkam sāp. Bet tu vari apstāties un vērst to par labu, un ir cilvēki, kas tev palīdzēs.
worry-stop = Apstājieties tagad. Neko vairs neveidojiet un neizplatiet.
    .pupil = Apstājies tagad. Vairs netaisi un neizplati tādas bildes.
worry-repair = Ja dalījāties ar attēlu, palūdziet tiem, kam tas ir, to izdzēst, un panāciet, ka to noņem no interneta.
    .pupil = Ja dalījies ar bildi, pastāsti pieaugušajam, kuram uzticies, lai to varētu ātri noņemt.
worry-talk = Parunājiet ar kādu. Cilvēki šajos dienestos tādas lietas dzird katru dienu.
    .pupil = Parunā ar kādu. Cilvēki šajos uzticības tālruņos tādas lietas dzird katru dienu.
worry-young = Ja jums vēl nav 18 gadu, bērnu un jauniešu uzticības tālruņi ir arī jums.
    .pupil = Bērnu un jauniešu uzticības tālruņi ir arī tev.

## “I am here by mistake, or I disagree”

mistake-heading = Ja šeit nokļuvāt kļūdas dēļ vai nepiekrītat
    .pupil = Ja šeit nokļuvi nejauši vai domā, ka tas nav pareizi
mistake-leave = Ja šeit nokļuvāt nejauši, jums nekas nav jādara. Varat vienkārši pamest lapu.
    .pupil = Ja šeit nokļuvi nejauši, nekas slikts nav noticis, un neviens tevi nerās. Vari vienkārši pamest lapu.
mistake-appeal = Ja uzskatāt, ka šim pakalpojumam nevajadzētu būt bloķētam, varat lūgt pārskatīt lēmumu:
    .pupil = Ja domā, ka šim pakalpojumam nevajadzētu būt bloķētam, parunā par to ar kādu pieaugušo. Tu vai pieaugušais varat lūgt pārskatīt lēmumu:
mistake-reference = Lūdzu, norādiet lietas numuru:
    .pupil = Ieraksti savā ziņojumā šo lietas numuru:
mistake-subject = Lūgums pārskatīt lēmumu
mistake-operator = Jautājumiem par šo tīklu un to, kas tajā ir bloķēts:
    .pupil = Ja tev ir jautājumi, pajautā skolotājam, skolotājai vai raksti šeit:
mistake-no-operator = Ja ir jautājumi par šo tīklu un to, kas tajā ir bloķēts, vērsieties pie tā, kas jums to nodrošina: pie interneta pakalpojumu sniedzēja, skolas vai darba devēja.
    .pupil = Ja tev ir jautājumi, pajautā skolotājam, skolotājai vai tam, kas rūpējas par internetu tur, kur esi.
mistake-record = Saraksta ziņas par šo lietu ir publiskas:

## For teachers and parents

teachers-heading = Kā runāt par viltotiem kailattēliem
teachers-lead = Mākslīgajam intelektam pietiek ar parastu fotogrāfiju, lai izveidotu attēlu, kurā cilvēks redzams kails. Skolēni to nodara citiem skolēniem. Visbiežāk attēlotas ir meitenes. Viltots attēls var sāpināt tikpat ļoti kā īsts.
teachers-class = Stundā
teachers-class-consent = Pajautājiet, ko nozīmē piekrišana, ja runa ir par attēlu: kad to uzņem, kad to pārveido, kad to pārsūta.
teachers-class-person = Runājiet par cilvēku, kas redzams attēlā. Nekad nemeklējiet un nerādiet piemērus.
teachers-class-bystander = Vienojieties, ko darīt, ja tiek saņemts šāds attēls: nepārsūtīt, atbalstīt attēloto cilvēku, pateikt kādam pieaugušajam.
teachers-class-whom = Pasakiet, kam skolā par to var pastāstīt, un arī to, ka pastāstīt nenozīmē nodot.
teachers-incident = Ja tas jau ir noticis
teachers-incident-listen = Uzklausiet, saglabājiet mieru, ticiet bērnam un pasakiet, ka tā nav viņa vaina.
teachers-incident-image = Nekopējiet un nepārsūtiet attēlu un bez vajadzības uz to neskatieties. Pierakstiet, kur tas atrodas un kas jums par to pastāstīja.
teachers-incident-protect = Vienojieties ar bērnu, kam par to jāzina, un pasargājiet bērnu no tiem, kas attēlu pārsūta.
teachers-incident-report = Ar tālāk norādīto dienestu palīdzību panāciet, ka attēlu noņem, un informējiet iestādes, kā to prasa jūsu valsts likums.
teachers-incident-others = Tie, kas to izveidojuši, bieži vien paši ir bērni. Viņiem ir vajadzīgas skaidras robežas un palīdzība.

## Whom each kind of help is for

need-danger = Ja jums šobrīd draud briesmas
    .pupil = Ja tev šobrīd draud briesmas
need-danger-call = Zvaniet savas valsts ārkārtas palīdzības dienestiem.
    .pupil = Zvani uz ārkārtas palīdzības numuru vai palūdz, lai piezvana kāds pieaugušais.
need-talk-young = Parunāt ar kādu: bērniem un jauniešiem
need-talk-anyone = Parunāt ar kādu: jebkurā vecumā
need-remove-young = Attēla noņemšana: cilvēkam tajā vēl nav 18 gadu
need-remove-adult = Attēla noņemšana: cilvēkam tajā ir 18 gadu vai vairāk
need-worried = Pieaugušajiem, kurus uztrauc pašu rīcība

## In the directory of help services

help-emergency = ārkārtas palīdzības dienesti
help-child-helplines = valstu uzticības tālruņi bērniem
help-not-everywhere = ne visās valstīs
help-safer-internet = Drošāka interneta centri
help-parents-too = arī vecākiem un skolotājiem
help-find-helpline = Atrast uzticības tālruni bērniem
help-by-country = pa valstīm
help-hotlines = ziņošanas līnijas
help-report-anonymously = ziņot anonīmi, pa valstīm

## The public record of a case

record-title = Publisks ieraksts
record-heading = Publisks ieraksts par lietu
record-in-force = Kas par šo lietu teikts sarakstos, kuri ir spēkā šajā tīklā:
record-none = Nevienā sarakstā, kas ir spēkā šajā tīklā, nav lietas ar šādu numuru.
record-service = Pakalpojums
record-service-withheld = Nav parādīts, lai šis ieraksts nevienam nepalīdzētu to atrast.
record-rules = Bloķētie domēna vārdi

## About the service itself, on its own address

about-title = Par bloķētajiem pakalpojumiem
about-heading = Daži pakalpojumi no šī tīkla nav pieejami
about-what = Daži pakalpojumi ir nelikumīgi vai ir bloķēti pēc šī tīkla uzturētāju izvēles. Kad ierīce šajā tīklā jautā, kur šāds pakalpojums atrodas, tā tiek novirzīta uz brīdinājuma lapu.
about-told-heading = Ko jums pasaka brīdinājuma lapa
about-told = Kāpēc pakalpojums ir bloķēts, kas to nolēma, pēc kura likuma un kāds ir lietas numurs, ciktāl tas norādīts bloķēto pakalpojumu sarakstā. Lapā arī teikts, kur meklēt palīdzību.
about-kept-heading = Kas par jums tiek saglabāts
about-kept = Nekas. Šīs lapas neizmanto sīkdatnes un nesaglabā ziņas par to, kas tās atvēra un ko meklēja.
about-contest-heading = Ja nepiekrītat
about-contest = Ja sarakstā norādīts, kas pārskata tā lēmumus, brīdinājuma lapā ir dota adrese un lietas numurs.
about-run-by = Šo tīklu uztur { $operator }.

## Pages of one sentence

misdirected = Šis pakalpojums nav bloķēts vai vairs nav bloķēts
misdirected-sentence = Jūsu ierīci šurp novirzīja senāka atbilde. Lūdzu, uzgaidiet minūti un tad pārlādējiet lapu.
missing = Tādas lapas nav
missing-sentence = Par šīm lapām var izlasīt šeit:
unreadable = Šo pieprasījumu nevarēja nolasīt
unreadable-sentence = Tajā nav skaidri norādīts, uz kuru pakalpojumu tas attiecas.
read-only = Šo lapu var tikai lasīt
read-only-sentence = Uz to neko nevar nosūtīt.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $year }. gada { $day }. { $month ->
    [1] janvāris
    [2] februāris
    [3] marts
    [4] aprīlis
    [5] maijs
    [6] jūnijs
    [7] jūlijs
    [8] augusts
    [9] septembris
    [10] oktobris
    [11] novembris
   *[12] decembris
}
region-AT = Austrija
region-BE = Beļģija
region-BG = Bulgārija
region-CY = Kipra
region-CZ = Čehija
region-DE = Vācija
region-DK = Dānija
region-EE = Igaunija
region-ES = Spānija
region-FI = Somija
region-FR = Francija
region-GR = Grieķija
region-HR = Horvātija
region-HU = Ungārija
region-IE = Īrija
region-IT = Itālija
region-LT = Lietuva
region-LU = Luksemburga
region-LV = Latvija
region-MT = Malta
region-NL = Nīderlande
region-PL = Polija
region-PT = Portugāle
region-RO = Rumānija
region-SE = Zviedrija
region-SI = Slovēnija
region-SK = Slovākija
region-EU = Eiropas Savienība
region-GB = Apvienotā Karaliste
region-NO = Norvēģija
region-IS = Islande
region-LI = Lihtenšteina
region-CH = Šveice
region-UA = Ukraina
region-TR = Turcija
region-RS = Serbija
region-MD = Moldova
region-US = Amerikas Savienotās Valstis
region-CA = Kanāda
region-AU = Austrālija
region-NZ = Jaunzēlande
region-KR = Dienvidkoreja
region-JP = Japāna
region-CN = Ķīna
region-TW = Taivāna
region-HK = Honkonga
region-SG = Singapūra
region-IN = Indija
region-ID = Indonēzija
region-MY = Malaizija
region-PH = Filipīnas
region-TH = Taizeme
region-VN = Vjetnama
region-KE = Kenija
region-TZ = Tanzānija
region-UG = Uganda
region-RW = Ruanda
region-ZA = Dienvidāfrikas Republika
region-NG = Nigērija
region-EG = Ēģipte
region-MA = Maroka
region-TN = Tunisija
region-SA = Saūda Arābija
region-AE = Apvienotie Arābu Emirāti
region-BR = Brazīlija
region-MX = Meksika
region-AR = Argentīna
region-CL = Čīle
region-CO = Kolumbija
