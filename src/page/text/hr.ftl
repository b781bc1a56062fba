### Hrvatski.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Hrvatski
direction = ltr

## What stands around every page

leave = Brzi izlaz sa stranice
leave-note = Time se ne briše povijest pregledavanja.
leave-key = Stranicu je moguće napustiti i tako da se tri puta pritisne tipka Escape (Esc).
languages = Jezici
back = Natrag na obavijest
private = Ova stranica ne sprema kolačiće. Ne bilježi vaš posjet ni ono što ste tražili.
    .pupil = Ova stranica ne bilježi tko si ni što tražiš.
help-dated = Popis službi za pomoć (stanje na dan { $date }).

## The block: what it is, and who decided

block-title = Pristup je blokiran
block-unlawful = Ova je usluga ovdje nezakonita i pristup joj je blokiran
    .pupil = Ova je usluga ovdje protuzakonita, pa je blokirana
block-plain = Ova je usluga blokirana na ovoj mreži
    .pupil = Ova je usluga ovdje blokirana
block-harm = Takve usluge s pomoću umjetne inteligencije izrađuju lažne gole slike stvarnih osoba koje na to nikada nisu pristale. To je oblik nasilja. Osobe na slikama, među njima mnogo djevojčica, djevojaka i žena, mogu zbog toga dugo patiti.
    .pupil = Takve usluge s pomoću umjetne inteligencije rade lažne gole slike stvarnih ljudi. Te ljude nitko nije pitao, a to ih može jako dugo boljeti.
block-by-authority = Nadležno tijelo odlučilo je da usluga ne smije biti dostupna. Na ovoj su stranici podaci o odluci i o tome kako se ona može osporiti.
    .pupil = O tome je odlučila službena institucija. U nastavku možeš pročitati koja je to institucija i što možeš učiniti ako misliš da to nije u redu.
block-by-operator = Usluga je na popisu koji je odabrao operator ove mreže.
    .pupil = Blokirali su je ljudi koji se brinu o ovoj mreži.
decision = Odluka
decided-by = Tko je odlučio
operator = Operator ove mreže
legal-basis = Pravna osnova
reference = Broj predmeta
listed = Blokirano od
expires = Blokirano do
list = Popis

## The doors, in the words of the person who takes one

doors = O čemu je riječ?
door-image = Riječ je o slici na kojoj sam ja ili netko koga poznajem
    .pupil = Netko je napravio ili podijelio sliku na kojoj sam ja ili netko koga poznajem
door-talk = Trebam s nekim razgovarati
door-worry = Brine me ono što radim
    .pupil = Brine me nešto što sam napravio/la ili ću možda napraviti
door-mistake = Ovdje sam zabunom ili se ne slažem
    .pupil = Ovdje sam slučajno ili mislim da ova usluga ne bi trebala biti blokirana
door-teachers = Za nastavnike i roditelje

## “It is about an image of me”

image-heading = Niste sami i to nije vaša krivnja
    .pupil = To nije tvoja krivnja i postoje ljudi koji će ti pomoći
image-comfort = Ako je netko izradio ili podijelio lažnu sliku na kojoj ste vi, pogrešno je postupila ta osoba, a ne vi. Možete dobiti pomoć i nitko vas neće kriviti. Isto vrijedi ako je riječ o nekome koga poznajete.
    .pupil = Ako je netko napravio ili podijelio lažnu sliku na kojoj si ti, nešto loše učinila je ta osoba, a ne ti. Postoje ljudi koji će ti pomoći i nitko te ne bi smio kriviti. Isto vrijedi ako je riječ o nekome koga poznaješ.
rights-heading = Vaša prava
    .pupil = Tvoja prava
right-law = U mnogim je zemljama nezakonito izraditi ili podijeliti takvu sliku bez pristanka osobe koja je na njoj, čak i ako ju je izradila umjetna inteligencija.
    .pupil = U mnogim zemljama nitko ne smije napraviti ni podijeliti takvu sliku, čak i ako ju je napravilo računalo.
right-removal = Od internetskih stranica i aplikacija možete zatražiti da uklone sliku. U tome vam pomažu besplatne službe.
    .pupil = Možeš zatražiti da se slika ukloni s interneta. Postoje službe koje ti u tome pomažu i to ništa ne košta.
right-anonymous = Na mnogim linijama za pomoć saslušat će vas i neće pitati za ime.
    .pupil = Možeš nazvati liniju za pomoć ili im poslati poruku. Često ne moraš reći ni kako se zoveš.
step-help = Prvo: potražiti pomoć
step-report = Zatim: zatražiti uklanjanje slike
step-report-note = Zapišite gdje je slika i kada ste je vidjeli te sačuvajte poruke povezane s njom. Ako osoba na slici ima manje od 18 godina, samu sliku nemojte spremati ni slati.
    .pupil = Zapiši gdje je i kada slika bila vidljiva i sačuvaj poruke o njoj. Sliku nemoj spremati i nemoj je nikome slati, čak ni kao dokaz.
step-trust = I još: povjeriti se nekome od povjerenja
step-trust-note = To može biti roditelj, netko iz obitelji, nastavnica ili nastavnik, školski psiholog ili pedagog, prijateljica ili prijatelj. Ne morate to nositi sami.
    .pupil = To može biti mama ili tata, netko drugi iz obitelji, nastavnica ili nastavnik, školska psihologinja, dobra prijateljica ili prijatelj. Ne moraš se s tim nositi bez pomoći.
threat-heading = Ako vam netko prijeti
    .pupil = Ako ti netko prijeti
threat = Nemojte platiti i nemojte slati ništa više. Sačuvajte poruke te osobe: pokazuju što se dogodilo. Na liniji za pomoć mogu vam pomoći odlučiti što dalje.
    .pupil = Nemoj platiti i nemoj više slati slike, što god ta osoba govorila. Sačuvaj njezine poruke i pokaži ih odrasloj osobi kojoj vjeruješ. Nećeš zbog toga biti u nevolji.

## “I need to talk to someone”

talk-heading = Netko će vas saslušati
    .pupil = Tu je netko tko će te saslušati
talk-comfort = Što god vas je dovelo ovamo, o tome možete razgovarati. Nitko vas neće kriviti.
    .pupil = Što god bilo, o tome možeš razgovarati. Nitko se neće ljutiti na tebe.

## “I am worried about what I do”

worry-heading = Ako vas brine ono što radite
    .pupil = Ako te brine nešto što si napravio/la ili ćeš možda napraviti
worry-comfort = Htjeti nešto promijeniti traži hrabrost, a uz pomoć to možete i učiniti. Možete razgovarati s ljudima koji vas neće osuđivati i ne morate reći svoje ime.
    .pupil = Hrabro je što o tome razmišljaš. Kad netko napravi ili podijeli takvu sliku, to drugoga povrijedi. No možeš prestati i to ispraviti. Postoje ljudi koji ti u tome pomažu.
worry-stop = Možete prestati odmah. Nemojte više ništa izrađivati ni dijeliti.
    .pupil = Možeš prestati odmah. Nemoj više raditi ni dijeliti takve slike.
worry-repair = Ako ste podijelili sliku, zamolite one koji je imaju da je izbrišu i zatražite da se ukloni.
    .pupil = Ako je slika od tebe stigla do drugih, reci to odrasloj osobi kojoj vjeruješ. Tako će se moći brzo ukloniti.
worry-talk = Razgovarajte s nekim. Ljudi u ovim službama takve stvari čuju svaki dan.
    .pupil = Razgovaraj s nekim. Ljudi na linijama za pomoć takve stvari čuju svaki dan.
worry-young = Ako imate manje od 18 godina, linije za pomoć djeci i mladima tu su i za vas.
    .pupil = Linije za pomoć djeci i mladima tu su i za tebe.

## “I am here by mistake, or I disagree”

mistake-heading = Ako ste ovdje zabunom ili se ne slažete
    .pupil = Ako si ovdje slučajno ili misliš da ova usluga ne bi trebala biti blokirana
mistake-leave = Ako ste ovdje slučajno, ne morate ništa učiniti. Možete jednostavno otići.
    .pupil = Ako si ovdje slučajno, ništa se loše nije dogodilo i nisi u nevolji. Možeš jednostavno otići.
mistake-appeal = Ako smatrate da ova usluga ne bi trebala biti blokirana, možete zatražiti preispitivanje odluke:
    .pupil = Ako misliš da ova usluga ne bi trebala biti blokirana, razgovaraj o tome s odraslom osobom. Ti ili ta osoba možete zatražiti da se odluka preispita:
mistake-reference = Molimo da navedete broj predmeta:
    .pupil = U poruku napiši ovaj broj predmeta:
mistake-subject = Zahtjev za preispitivanje odluke
mistake-operator = Za pitanja o ovoj mreži i o tome što se na njoj blokira:
    .pupil = Ako imaš pitanja, pitaj nekoga od nastavnika ili piši ovamo:
mistake-no-operator = S pitanjima o ovoj mreži i o tome što se na njoj blokira obratite se onomu tko vam je pruža: pružatelju internetskih usluga, školi ili poslodavcu.
    .pupil = Ako imaš pitanja, pitaj nekoga od nastavnika ili osobu koja se brine o internetu tamo gdje jesi.
mistake-record = Ono što o ovom predmetu piše na popisu javno je:

## For teachers and parents

teachers-heading = Razgovor o lažnim golim slikama
teachers-lead = Umjetnoj je inteligenciji dovoljna obična fotografija da izradi sliku na kojoj je netko gol. Učenici to rade jedni drugima. Na slikama su najčešće djevojčice i djevojke. Lažna slika može povrijediti jednako kao i prava.
teachers-class = U razredu
teachers-class-consent = Pitajte što znači pristanak kad fotografija nastaje, kad se mijenja i kad se šalje dalje.
teachers-class-person = Govorite o osobi koja je na slici. Nikada ne tražite primjere i nijedan ne pokazujte.
teachers-class-bystander = Dogovorite što učiniti kad takva slika stigne: ne slati je dalje, stati uz osobu koja je na njoj, reći odrasloj osobi.
teachers-class-whom = Recite komu se u školi može obratiti i da to nije tužakanje.
teachers-incident = Kad se to već dogodilo
teachers-incident-listen = Slušajte, ostanite mirni, vjerujte djetetu i recite mu da to nije njegova krivnja.
teachers-incident-image = Sliku nemojte kopirati ni slati dalje i ne gledajte je bez potrebe. Zapišite gdje je i tko vam je rekao za nju.
teachers-incident-protect = Dogovorite s djetetom tko za to treba znati i zaštitite ga od onih koji šalju sliku dalje.
teachers-incident-report = Uz pomoć službi navedenih u nastavku zatražite uklanjanje slike i obavijestite nadležna tijela, kako nalaže zakon vaše zemlje.
teachers-incident-others = Oni koji su izradili sliku često su i sami djeca. Potrebne su im jasne granice i pomoć.

## Whom each kind of help is for

need-danger = Ako ste sada u opasnosti
    .pupil = Ako si upravo sada u opasnosti
need-danger-call = Nazovite hitne službe u svojoj zemlji.
    .pupil = Nazovi broj za hitne službe ili zamoli odraslu osobu da nazove.
need-talk-young = Razgovor: djeca i mladi
need-talk-anyone = Razgovor: u svakoj dobi
need-remove-young = Uklanjanje slike: osoba na njoj ima manje od 18 godina
need-remove-adult = Uklanjanje slike: osoba na njoj ima 18 ili više godina
need-worried = Za odrasle koje brine vlastito ponašanje

## In the directory of help services

help-emergency = hitne službe
help-child-helplines = nacionalne linije za pomoć djeci
help-not-everywhere = ne u svim zemljama
help-safer-internet = Centri za sigurniji internet
help-parents-too = i za roditelje i nastavnike
help-find-helpline = Tražilica linija za pomoć djeci
help-by-country = po zemljama
help-hotlines = linije za prijavu nezakonitog sadržaja
help-report-anonymously = anonimna prijava, po zemljama

## The public record of a case

record-title = Javni zapis
record-heading = Javni zapis o predmetu
record-in-force = Što o ovom predmetu piše na popisima koji vrijede na ovoj mreži:
record-none = Ni na jednom popisu koji vrijedi na ovoj mreži nema predmeta s tim brojem.
record-service = Usluga
record-service-withheld = Nije navedena kako ovaj zapis nikome ne bi pomogao da je pronađe.
record-rules = Blokirani nazivi domena

## About the service itself, on its own address

about-title = O blokiranim uslugama
about-heading = Neke usluge nisu dostupne s ove mreže
about-what = Neke su usluge nezakonite ili su ih blokirali oni koji upravljaju ovom mrežom. Kad uređaj na ovoj mreži pita gdje je takva usluga, umjesto toga upućuje se na stranicu s upozorenjem.
about-told-heading = Što piše na stranici s upozorenjem
about-told = Zašto je usluga blokirana, tko je o tome odlučio, na kojoj pravnoj osnovi i koji je broj predmeta, ako je to navedeno na popisu blokiranih usluga. Piše i gdje pronaći pomoć.
about-kept-heading = Što se čuva o posjetu
about-kept = Ništa. Ove stranice ne spremaju kolačiće i ne bilježe tko ih je otvorio ni što je tražio.
about-contest-heading = Neslaganje s odlukom
about-contest = Ako je na popisu navedeno tko preispituje odluke, na stranici s upozorenjem nalaze se adresa i broj predmeta.
about-run-by = Ovom mrežom upravlja { $operator }.

## Pages of one sentence

misdirected = Ova usluga nije (ili više nije) blokirana
misdirected-sentence = Uređaj je ovamo stigao zbog starijeg odgovora. Dovoljno je pričekati minutu i ponovno učitati stranicu.
missing = Takva stranica ne postoji
missing-sentence = Čemu služe ove stranice, piše ovdje:
unreadable = Ovaj zahtjev nije bilo moguće pročitati
unreadable-sentence = Iz njega nije jasno na koju se uslugu odnosi.
read-only = Ova se stranica može samo čitati
read-only-sentence = Na nju se ništa ne može poslati.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day }. { $month ->
    [1] siječnja
    [2] veljače
    [3] ožujka
    [4] travnja
    [5] svibnja
    [6] lipnja
    [7] srpnja
    [8] kolovoza
    [9] rujna
    [10] listopada
    [11] studenoga
   *[12] prosinca
} { $year }.
region-AT = Austrija
region-BE = Belgija
region-BG = Bugarska
region-CY = Cipar
region-CZ = Češka
region-DE = Njemačka
region-DK = Danska
region-EE = Estonija
region-ES = Španjolska
region-FI = Finska
region-FR = Francuska
region-GR = Grčka
region-HR = Hrvatska
region-HU = Mađarska
region-IE = Irska
region-IT = Italija
region-LT = Litva
region-LU = Luksemburg
region-LV = Latvija
region-MT = Malta
region-NL = Nizozemska
region-PL = Poljska
region-PT = Portugal
region-RO = Rumunjska
region-SE = Švedska
region-SI = Slovenija
region-SK = Slovačka
region-EU = Europska unija
region-GB = Ujedinjeno Kraljevstvo
region-NO = Norveška
region-IS = Island
region-LI = Lihtenštajn
region-CH = Švicarska
region-UA = Ukrajina
region-TR = Turska
region-RS = Srbija
region-MD = Moldavija
region-US = Sjedinjene Američke Države
region-CA = Kanada
region-AU = Australija
region-NZ = Novi Zeland
region-KR = Južna Koreja
region-JP = Japan
region-CN = Kina
region-TW = Tajvan
region-HK = Hong Kong
region-SG = Singapur
region-IN = Indija
region-ID = Indonezija
region-MY = Malezija
region-PH = Filipini
region-TH = Tajland
region-VN = Vijetnam
region-KE = Kenija
region-TZ = Tanzanija
region-UG = Uganda
region-RW = Ruanda
region-ZA = Južnoafrička Republika
region-NG = Nigerija
region-EG = Egipat
region-MA = Maroko
region-TN = Tunis
region-SA = Saudijska Arabija
region-AE = Ujedinjeni Arapski Emirati
region-BR = Brazil
region-MX = Meksiko
region-AR = Argentina
region-CL = Čile
region-CO = Kolumbija
