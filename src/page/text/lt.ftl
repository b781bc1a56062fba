### Lietuvių.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Lietuvių
direction = ltr

## What stands around every page

leave = Palikti puslapį dabar
leave-note = Naršymo istorija dėl to neištrinama.
leave-key = Iš puslapio galima išeiti ir tris kartus paspaudus klavišą „Esc“.
languages = Kalbos
back = Grįžti į pranešimą
private = Šis puslapis nenaudoja slapukų. Jame nesaugomi jokie duomenys apie jūsų apsilankymą ir apie tai, ko ieškojote.
    .pupil = Šis puslapis neužsirašo, kas tu esi ir ko ieškojai.
help-dated = Pagalbos tarnybų sąrašas ({ $date } duomenys).

## The block: what it is, and who decided

block-title = Prieiga užblokuota
block-unlawful = Ši paslauga čia neteisėta, ir prieiga prie jos užblokuota
    .pupil = Šią paslaugą čia draudžia įstatymas, todėl ji užblokuota
block-plain = Ši paslauga šiame tinkle užblokuota
    .pupil = Ši paslauga čia užblokuota
block-harm = Tokios paslaugos naudoja dirbtinį intelektą ir kuria netikrus nuogų žmonių atvaizdus. Juose rodomi tikri žmonės, kurie tam niekada nedavė sutikimo. Tai viena iš smurto formų. Pavaizduoti žmonės – tarp jų daug mergaičių ir moterų – gali ilgai kentėti.
    .pupil = Tokios paslaugos naudoja dirbtinį intelektą ir kuria netikras nuotraukas, kuriose tikri žmonės atrodo nuogi. Niekas tų žmonių neatsiklausė, ir jiems dėl to gali būti labai ilgai skaudu.
block-by-authority = Valdžios institucija nusprendė, kad ši paslauga neturi būti pasiekiama. Šiame puslapyje pateiktas sprendimas ir nurodyta, kaip jį apskųsti.
    .pupil = Taip nusprendė oficiali institucija. Toliau gali perskaityti, kokia tai institucija ir ką daryti, jei manai, kad tai neteisinga.
block-by-operator = Ši paslauga yra sąraše, kurį pasirinko šio tinklo operatorius.
    .pupil = Šią paslaugą užblokuoti nusprendė žmonės, kurie prižiūri šį tinklą.
decision = Sprendimas
decided-by = Sprendimą priėmė
operator = Šio tinklo operatorius
legal-basis = Teisinis pagrindas
reference = Bylos numeris
listed = Užblokuota nuo
expires = Užblokuota iki
list = Sąrašas

## The doors, in the words of the person who takes one

doors = Kas atvedė į šį puslapį?
door-image = Dėl atvaizdo, kuriame esu aš arba mano pažįstamas žmogus
    .pupil = Kažkas sukūrė arba išplatino nuotrauką, kurioje esu aš arba mano pažįstamas žmogus
door-talk = Man reikia su kuo nors pasikalbėti
door-worry = Man neramu dėl to, ką darau
    .pupil = Man neramu dėl to, ką padariau ar galiu padaryti
door-mistake = Čia patekau per klaidą arba nesutinku
    .pupil = Čia patekau netyčia arba manau, kad tai neteisinga
door-teachers = Mokytojams ir tėvams

## “It is about an image of me”

image-heading = Jūs nesate vieni, ir tai ne jūsų kaltė
    .pupil = Tu nesi vienas ar viena, ir tai ne tavo kaltė
image-comfort = Jei kas nors sukūrė arba išplatino netikrą jūsų atvaizdą, blogai pasielgė tas žmogus, o ne jūs. Galite gauti pagalbą, ir niekas jūsų nekaltins. Tas pats galioja ir jūsų pažįstamam žmogui.
    .pupil = Jei kas nors sukūrė arba išplatino netikrą tavo nuotrauką, blogai pasielgė tas žmogus, o ne tu. Yra žmonių, kurie tau padės, ir niekas neturėtų tavęs kaltinti. Tas pats galioja ir tavo pažįstamam žmogui.
rights-heading = Jūsų teisės
    .pupil = Tavo teisės
right-law = Daugelyje šalių įstatymai draudžia be žmogaus sutikimo kurti ar platinti tokį jo atvaizdą, net jei atvaizdą sukūrė dirbtinis intelektas.
    .pupil = Daugelyje šalių niekam neleidžiama kurti ar platinti tokių nuotraukų, net jei jas sukūrė kompiuteris.
right-removal = Galite prašyti, kad svetainės ir programėlės pašalintų atvaizdą. Yra tarnybų, kurios nemokamai padeda tai padaryti.
    .pupil = Gali prašyti, kad nuotrauka būtų pašalinta. Yra tarnybų, kurios tau padės, ir tai nieko nekainuoja.
right-anonymous = Daugelis pagalbos linijų jus išklausys neklausdamos jūsų vardo.
    .pupil = Gali paskambinti arba parašyti pagalbos linijai. Dažnai net nereikia sakyti savo vardo.
step-help = Pirmiausia: gauti pagalbą
step-report = Tada: pasiekti, kad atvaizdas būtų pašalintas
step-report-note = Užsirašykite, kur yra atvaizdas ir kada jį pamatėte, ir išsaugokite su juo susijusias žinutes. Jei atvaizde matomam žmogui dar nėra 18 metų, paties atvaizdo neišsaugokite ir nesiųskite.
    .pupil = Užsirašyk, kur ir kada pamatei nuotrauką, ir išsaugok žinutes apie ją. Pačios nuotraukos neišsaugok ir niekam nesiųsk, net kaip įrodymo.
step-trust = Ir dar: pasikalbėti su žmogumi, kuriuo galima pasitikėti
step-trust-note = Tai gali būti mama ar tėtis, kitas šeimos narys, mokytojas ar psichologas, draugas ar draugė. Jums nereikia su tuo tvarkytis be kitų pagalbos.
    .pupil = Tai gali būti mama ar tėtis, kas nors kitas iš šeimos, mokytoja ar mokytojas, mokyklos sveikatos specialistė, geras draugas ar draugė. Tau nereikia su tuo tvarkytis be pagalbos.
threat-heading = Jei kas nors jums grasina
    .pupil = Jei kas nors tau grasina
threat = Nemokėkite ir daugiau nieko nesiųskite. Išsaugokite gautas žinutes: jos rodo, kas įvyko. Pagalbos linija gali padėti nuspręsti, ką daryti toliau.
    .pupil = Nemokėk ir daugiau nesiųsk jokių nuotraukų, kad ir ką tau sakytų. Išsaugok žinutes ir parodyk jas suaugusiajam, kuriuo pasitiki. Tai ne tavo kaltė, ir barti tavęs nėra už ką.

## “I need to talk to someone”

talk-heading = Jus išklausys
    .pupil = Yra kam tave išklausyti
talk-comfort = Kad ir kas jus čia atvedė, apie tai galima pasikalbėti. Niekas jūsų nekaltins.
    .pupil = Kad ir kas tai būtų, apie tai gali pasikalbėti. Niekas ant tavęs nepyks.

## “I am worried about what I do”

worry-heading = Jei jums neramu dėl to, ką darote
    .pupil = Jei tau neramu dėl to, ką padarei ar gali padaryti
worry-comfort = Reikia drąsos norėti ką nors pakeisti, o kitiems padedant tai pavyksta. Yra žmonių, su kuriais galima pasikalbėti. Jie jūsų nesmerks, ir savo vardo sakyti nebūtina.
    .pupil = Reikia drąsos apie tai susimąstyti. Kai kas nors kuria ar platina tokią nuotrauką, kitam žmogui būna skaudu. Bet tu gali sustoti ir ištaisyti padėtį, ir yra žmonių, kurie tau padės.
worry-stop = Sustokite dabar. Nieko daugiau nekurkite ir neplatinkite.
    .pupil = Sustok dabar. Daugiau nekurk ir neplatink tokių nuotraukų.
worry-repair = Jei pasidalijote atvaizdu, paprašykite, kad jį turintys žmonės jį ištrintų, ir pasirūpinkite, kad jis būtų pašalintas iš interneto.
    .pupil = Jei pasidalijai nuotrauka, papasakok apie tai suaugusiajam, kuriuo pasitiki. Tada ją bus galima greičiau pašalinti.
worry-talk = Pasikalbėkite su kuo nors. Šiose tarnybose dirbantys žmonės tokius dalykus girdi kasdien.
    .pupil = Pasikalbėk su kuo nors. Šiose pagalbos linijose dirbantys žmonės tokius dalykus girdi kasdien.
worry-young = Jei jums dar nėra 18 metų, jaunimui skirtos pagalbos linijos yra ir jums.
    .pupil = Vaikams ir jaunimui skirtos pagalbos linijos yra ir tau.

## “I am here by mistake, or I disagree”

mistake-heading = Jei čia patekote per klaidą arba nesutinkate
    .pupil = Jei čia patekai netyčia arba manai, kad tai neteisinga
mistake-leave = Jei čia patekote netyčia, nieko daryti nereikia. Galite tiesiog išeiti iš puslapio.
    .pupil = Jei čia patekai netyčia, nieko blogo neatsitiko, ir niekas tavęs nebars. Gali tiesiog išeiti iš puslapio.
mistake-appeal = Jei manote, kad ši paslauga neturėtų būti blokuojama, galite prašyti peržiūrėti sprendimą:
    .pupil = Jei manai, kad ši paslauga neturėtų būti blokuojama, pasikalbėk apie tai su suaugusiuoju. Tu arba suaugusysis galite prašyti peržiūrėti sprendimą:
mistake-reference = Prašome nurodyti bylos numerį:
    .pupil = Savo žinutėje parašyk šį bylos numerį:
mistake-subject = Prašymas peržiūrėti sprendimą
mistake-operator = Jei turite klausimų apie šį tinklą ir tai, kas jame blokuojama, kreipkitės čia:
    .pupil = Jei turi klausimų, paklausk mokytojo ar mokytojos arba parašyk čia:
mistake-no-operator = Jei turite klausimų apie šį tinklą ir tai, kas jame blokuojama, kreipkitės į tuos, kurie jį jums teikia: interneto tiekėją, mokyklą ar darbdavį.
    .pupil = Jei turi klausimų, paklausk mokytojo ar mokytojos arba to, kas ten, kur esi, prižiūri internetą.
mistake-record = Sąrašo duomenys apie šią bylą yra vieši:

## For teachers and parents

teachers-heading = Kaip kalbėti apie netikrus nuogų žmonių atvaizdus
teachers-lead = Dirbtiniam intelektui užtenka paprastos nuotraukos, kad sukurtų atvaizdą, kuriame žmogus rodomas nuogas. Mokiniai taip elgiasi su kitais mokiniais. Dažniausiai vaizduojamos mergaitės. Netikras atvaizdas gali skaudinti ne mažiau nei tikras.
teachers-class = Pamokoje
teachers-class-consent = Paklauskite, ką reiškia sutikimas, kai kalbama apie atvaizdą: kai jis kuriamas, kai keičiamas, kai persiunčiamas.
teachers-class-person = Kalbėkite apie žmogų, kuris pavaizduotas. Niekada neieškokite pavyzdžių ir jų nerodykite.
teachers-class-bystander = Susitarkite, ką daryti gavus tokį atvaizdą: nepersiųsti, palaikyti pavaizduotą žmogų, pasakyti suaugusiajam.
teachers-class-whom = Pasakykite, į ką mokykloje galima kreiptis, ir kad pasakyti nereiškia išduoti.
teachers-incident = Kai tai jau įvyko
teachers-incident-listen = Ramiai išklausykite vaiką, tikėkite juo ir pasakykite, kad tai ne jo kaltė.
teachers-incident-image = Nekopijuokite ir nepersiųskite atvaizdo ir be reikalo į jį nežiūrėkite. Užsirašykite, kur jis yra ir kas jums apie jį pasakė.
teachers-incident-protect = Susitarkite su vaiku, kas turi apie tai žinoti, ir saugokite jį nuo tų, kurie atvaizdą persiunčia.
teachers-incident-report = Pasirūpinkite, kad atvaizdas būtų pašalintas padedant toliau nurodytoms tarnyboms, ir praneškite institucijoms, kaip reikalauja jūsų šalies įstatymai.
teachers-incident-others = Tie, kurie jį sukūrė, dažnai irgi yra vaikai. Jiems reikia aiškių ribų ir pagalbos.

## Whom each kind of help is for

need-danger = Jei jums dabar gresia pavojus
    .pupil = Jei tau dabar gresia pavojus
need-danger-call = Skambinkite savo šalies skubios pagalbos tarnyboms.
    .pupil = Skambink skubios pagalbos numeriu arba paprašyk, kad paskambintų suaugusysis.
need-talk-young = Pasikalbėti: vaikams ir jaunimui
need-talk-anyone = Pasikalbėti: bet kokio amžiaus žmonėms
need-remove-young = Atvaizdo pašalinimas: jame matomam žmogui dar nėra 18 metų
need-remove-adult = Atvaizdo pašalinimas: jame matomam žmogui 18 metų arba daugiau
need-worried = Suaugusiesiems, kuriems neramu dėl savo elgesio

## In the directory of help services

help-emergency = skubios pagalbos tarnybos
help-child-helplines = nacionalinės pagalbos vaikams linijos
help-not-everywhere = ne visose šalyse
help-safer-internet = Saugesnio interneto centrai
help-parents-too = taip pat tėvams ir mokytojams
help-find-helpline = Rasti pagalbos vaikams liniją
help-by-country = pagal šalį
help-hotlines = pranešimų karštosios linijos
help-report-anonymously = pranešti anonimiškai, pagal šalį

## The public record of a case

record-title = Viešas įrašas
record-heading = Viešas bylos įrašas
record-in-force = Kas apie šią bylą rašoma šiame tinkle galiojančiuose sąrašuose:
record-none = Nė viename šiame tinkle galiojančiame sąraše nėra bylos su tokiu numeriu.
record-service = Paslauga
record-service-withheld = Nerodoma, kad šis įrašas niekam nepadėtų jos rasti.
record-rules = Blokuojami domenų vardai

## About the service itself, on its own address

about-title = Apie blokuojamas paslaugas
about-heading = Kai kurios paslaugos iš šio tinklo nepasiekiamos
about-what = Kai kurios paslaugos yra neteisėtos arba užblokuotos šį tinklą valdančių žmonių sprendimu. Kai šio tinklo įrenginys klausia, kur yra tokia paslauga, jis nukreipiamas į įspėjimo puslapį.
about-told-heading = Ką sako įspėjimo puslapis
about-told = Kodėl paslauga užblokuota, kas tai nusprendė, pagal kokį įstatymą ir koks yra bylos numeris, jei tai nurodyta blokuojamų paslaugų sąraše. Puslapyje taip pat nurodyta, kur rasti pagalbą.
about-kept-heading = Kokie duomenys apie jus saugomi
about-kept = Jokie. Šie puslapiai nenaudoja slapukų, juose nesaugomi jokie duomenys apie tai, kas juos atvėrė ir ko ieškojo.
about-contest-heading = Jei nesutinkate
about-contest = Jei sąraše nurodyta, kas peržiūri jo sprendimus, įspėjimo puslapyje pateikiamas adresas ir bylos numeris.
about-run-by = Šį tinklą valdo { $operator }.

## Pages of one sentence

misdirected = Ši paslauga neblokuojama arba jau nebeblokuojama
misdirected-sentence = Jūsų įrenginį čia nukreipė senesnis atsakymas. Palaukite minutę ir įkelkite puslapį iš naujo.
missing = Tokio puslapio nėra
missing-sentence = Apie šiuos puslapius galima paskaityti čia:
unreadable = Šios užklausos nepavyko perskaityti
unreadable-sentence = Joje aiškiai nenurodyta, kuriai paslaugai ji skirta.
read-only = Šį puslapį galima tik skaityti
read-only-sentence = Į jį nieko negalima siųsti.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $year } m. { $month ->
    [1] sausio
    [2] vasario
    [3] kovo
    [4] balandžio
    [5] gegužės
    [6] birželio
    [7] liepos
    [8] rugpjūčio
    [9] rugsėjo
    [10] spalio
    [11] lapkričio
   *[12] gruodžio
} { $day } d.
region-AT = Austrija
region-BE = Belgija
region-BG = Bulgarija
region-CY = Kipras
region-CZ = Čekija
region-DE = Vokietija
region-DK = Danija
region-EE = Estija
region-ES = Ispanija
region-FI = Suomija
region-FR = Prancūzija
region-GR = Graikija
region-HR = Kroatija
region-HU = Vengrija
region-IE = Airija
region-IT = Italija
region-LT = Lietuva
region-LU = Liuksemburgas
region-LV = Latvija
region-MT = Malta
region-NL = Nyderlandai
region-PL = Lenkija
region-PT = Portugalija
region-RO = Rumunija
region-SE = Švedija
region-SI = Slovėnija
region-SK = Slovakija
region-EU = Europos Sąjunga
region-GB = Jungtinė Karalystė
region-NO = Norvegija
region-IS = Islandija
region-LI = Lichtenšteinas
region-CH = Šveicarija
region-UA = Ukraina
region-TR = Turkija
region-RS = Serbija
region-MD = Moldova
region-US = Jungtinės Valstijos
region-CA = Kanada
region-AU = Australija
region-NZ = Naujoji Zelandija
region-KR = Pietų Korėja
region-JP = Japonija
region-CN = Kinija
region-TW = Taivanas
region-HK = Honkongas
region-SG = Singapūras
region-IN = Indija
region-ID = Indonezija
region-MY = Malaizija
region-PH = Filipinai
region-TH = Tailandas
region-VN = Vietnamas
region-KE = Kenija
region-TZ = Tanzanija
region-UG = Uganda
region-RW = Ruanda
region-ZA = Pietų Afrika
region-NG = Nigerija
region-EG = Egiptas
region-MA = Marokas
region-TN = Tunisas
region-SA = Saudo Arabija
region-AE = Jungtiniai Arabų Emyratai
region-BR = Brazilija
region-MX = Meksika
region-AR = Argentina
region-CL = Čilė
region-CO = Kolumbija
