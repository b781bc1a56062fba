### Slovenščina.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Slovenščina
direction = ltr

## What stands around every page

leave = Hitri izhod s te strani
leave-note = Zgodovina brskanja se s tem ne izbriše.
leave-key = Stran je mogoče zapustiti tudi s trikratnim pritiskom tipke Escape (Esc).
languages = Jeziki
back = Nazaj na obvestilo
private = Ta stran ne shranjuje piškotkov. Ne beleži ne vašega obiska ne tega, kar ste iskali.
    .pupil = Ta stran si ne zapiše, kdo si in kaj iščeš.
help-dated = Seznam služb za pomoč, stanje: { $date }.

## The block: what it is, and who decided

block-title = Dostop je blokiran
block-unlawful = Ta storitev je tukaj nezakonita in dostop do nje je blokiran
    .pupil = Ta storitev je tukaj proti zakonu, zato je blokirana
block-plain = Ta storitev je v tem omrežju blokirana
    .pupil = Ta storitev je tukaj blokirana
block-harm = Take storitve z umetno inteligenco ustvarjajo lažne gole posnetke resničnih ljudi, ki v to niso nikoli privolili. To je oblika nasilja. Ljudje na posnetkih, med njimi veliko deklet in žensk, lahko zaradi tega dolgo trpijo.
    .pupil = Take storitve z umetno inteligenco delajo lažne gole slike resničnih ljudi. Teh ljudi ni nihče vprašal za dovoljenje in to jih lahko zelo dolgo boli.
block-by-authority = Pristojni organ je odločil, da storitev ne sme biti dostopna. Na tej strani so podatki o odločitvi in o tem, kako se je mogoče nanjo pritožiti.
    .pupil = O tem je odločil uradni organ. Spodaj lahko prebereš, kateri je to in kaj lahko narediš, če se ti zdi, da to ni prav.
block-by-operator = Storitev je na seznamu, ki ga je izbral upravljavec tega omrežja.
    .pupil = Blokirali so jo ljudje, ki skrbijo za to omrežje.
decision = Odločitev
decided-by = Kdo je odločil
operator = Upravljavec tega omrežja
legal-basis = Pravna podlaga
reference = Številka zadeve
listed = Začetek blokade
expires = Konec blokade
list = Seznam

## The doors, in the words of the person who takes one

doors = Za kaj gre?
door-image = Gre za posnetek, na katerem sem jaz ali nekdo, ki ga poznam
    .pupil = Nekdo je naredil ali delil sliko, na kateri sem jaz ali nekdo, ki ga poznam
door-talk = Potrebujem pogovor
door-worry = Skrbi me to, kar počnem
    .pupil = Skrbi me nekaj, kar sem naredil/a ali bi lahko naredil/a
door-mistake = Tu sem po pomoti ali pa se ne strinjam
    .pupil = Tu sem po pomoti ali pa se mi zdi, da to ni prav
door-teachers = Za učitelje in starše

## “It is about an image of me”

image-heading = Niste sami in to ni vaša krivda
    .pupil = To ni tvoja krivda in tu so ljudje, ki ti bodo pomagali
image-comfort = Če je nekdo izdelal ali delil lažni posnetek, na katerem ste vi, je ravnal narobe tisti, ki je to storil, in ne vi. Pomoč lahko dobite brez očitkov. Enako velja, če gre za nekoga, ki ga poznate.
    .pupil = Če je nekdo naredil ali delil lažno sliko, na kateri si ti, je narobe ravnal tisti, ki je to naredil, in ne ti. So ljudje, ki ti bodo pomagali, in nihče te ne bi smel kriviti. Enako velja, če gre za nekoga, ki ga poznaš.
rights-heading = Vaše pravice
    .pupil = Tvoje pravice
right-law = V mnogih državah je nezakonito izdelati ali deliti tak posnetek brez privolitve osebe na njem, tudi če ga je izdelala umetna inteligenca.
    .pupil = V mnogih državah nihče ne sme narediti ali deliti take slike, tudi če jo je naredil računalnik.
right-removal = Od spletnih strani in aplikacij lahko zahtevate, da posnetek odstranijo. Pri tem vam pomagajo brezplačne službe.
    .pupil = Lahko zahtevaš, da sliko odstranijo z interneta. So službe, ki ti pri tem pomagajo, in to nič ne stane.
right-anonymous = Na številnih telefonih za pomoč vam prisluhnejo, ne da bi vprašali po imenu.
    .pupil = Lahko pokličeš na telefon za otroke in mladostnike ali tja pišeš. Pogosto ti ni treba povedati niti imena.
step-help = Najprej: poiskati pomoč
step-report = Potem: poskrbeti, da posnetek odstranijo
step-report-note = Zapišite si, kje je posnetek in kdaj ste ga videli, ter shranite sporočila v zvezi z njim. Če je oseba na posnetku mlajša od 18 let, samega posnetka ne shranjujte in ga nikomur ne pošiljajte.
    .pupil = Zapiši si, kje in kdaj se je slika pojavila, in shrani sporočila o njej. Slike ne shranjuj in je nikomur ne pošiljaj, niti kot dokaz.
step-trust = In še: zaupati se nekomu
step-trust-note = To je lahko eden od staršev, kdo drug iz družine, učiteljica ali učitelj, kdo iz svetovalne službe, prijateljica ali prijatelj. Tega vam ni treba nositi samim.
    .pupil = To je lahko mama ali oče, kdo drug iz družine, učiteljica ali učitelj, šolska svetovalka, dobra prijateljica ali prijatelj. S tem se ti ni treba spopadati brez pomoči.
threat-heading = Če vam kdo grozi
    .pupil = Če ti kdo grozi
threat = Ne plačajte in ne pošiljajte ničesar več. Sporočila te osebe shranite: kažejo, kaj se je zgodilo. Na telefonu za pomoč vam lahko pomagajo pri odločitvi, kako naprej.
    .pupil = Ne plačaj in ne pošiljaj več slik, kar koli ti ta oseba že piše. Njena sporočila shrani in jih pokaži odrasli osebi, ki ji zaupaš. Zaradi tega ne boš v težavah.

## “I need to talk to someone”

talk-heading = Nekdo vam bo prisluhnil
    .pupil = Tu je nekdo, ki ti bo prisluhnil
talk-comfort = Kar koli vas je pripeljalo sem, o tem se lahko pogovorite. Nihče vas ne bo krivil.
    .pupil = Kar koli je, o tem se lahko pogovoriš. Nihče ne bo jezen nate.

## “I am worried about what I do”

worry-heading = Če vas skrbi to, kar počnete
    .pupil = Če te skrbi nekaj, kar si naredil/a ali bi lahko naredil/a
worry-comfort = Želja po spremembi zahteva pogum, s pomočjo pa je sprememba mogoča. Pogovorite se lahko z ljudmi, ki vas ne bodo obsojali, in imena vam ni treba povedati.
    .pupil = Pogumno je, da razmišljaš o tem. Če kdo naredi ali deli tako sliko, to drugega prizadene. Lahko pa nehaš in stvari popraviš. So ljudje, ki ti pri tem pomagajo.
worry-stop = Nehate lahko takoj. Ničesar več ne ustvarjajte in ne delite.
    .pupil = Nehaš lahko takoj. Ne delaj in ne deli več takih slik.
worry-repair = Če ste posnetek delili, prosite tiste, ki ga imajo, naj ga izbrišejo, in poskrbite, da bo odstranjen s spleta.
    .pupil = Če je slika od tebe prišla do drugih, povej to odrasli osebi, ki ji zaupaš, da bodo sliko lahko hitro odstranili.
worry-talk = Pogovorite se z nekom. Ljudje v teh službah slišijo kaj takega vsak dan.
    .pupil = Pogovori se z nekom. Ljudje na telefonih za otroke in mladostnike slišijo kaj takega vsak dan.
worry-young = Če še nimate 18 let, so telefoni za otroke in mladostnike tu tudi za vas.
    .pupil = Telefoni za otroke in mladostnike so tu tudi zate.

## “I am here by mistake, or I disagree”

mistake-heading = Če ste tu po pomoti ali se ne strinjate
    .pupil = Če si tu po pomoti ali se ti zdi, da to ni prav
mistake-leave = Če ste tu po pomoti, vam ni treba storiti ničesar. Stran lahko preprosto zapustite.
    .pupil = Če si tu po pomoti, se ni zgodilo nič hudega in nisi v težavah. Stran lahko preprosto zapustiš.
mistake-appeal = Če menite, da ta storitev ne bi smela biti blokirana, lahko zahtevate ponovno presojo odločitve:
    .pupil = Če misliš, da ta storitev ne bi smela biti blokirana, se o tem pogovori z odraslo osebo. Ponovno presojo odločitve lahko zahtevaš ti ali ta oseba:
mistake-reference = Navedite številko zadeve:
    .pupil = V sporočilo napiši to številko zadeve:
mistake-subject = Zahteva za ponovno presojo odločitve
mistake-operator = Za vprašanja o tem omrežju in o tem, kaj je v njem blokirano:
    .pupil = Če te kaj zanima, vprašaj koga od učiteljev ali piši sem:
mistake-no-operator = Z vprašanji o tem omrežju in o tem, kaj je v njem blokirano, se obrnite na tistega, ki vam ga zagotavlja: na ponudnika interneta, šolo ali delodajalca.
    .pupil = Če te kaj zanima, vprašaj koga od učiteljev ali tistega, ki skrbi za internet tam, kjer si.
mistake-record = Kar o tej zadevi navaja seznam, je javno:

## For teachers and parents

teachers-heading = Pogovor o lažnih golih posnetkih
teachers-lead = Umetni inteligenci zadošča navadna fotografija, da izdela posnetek, na katerem je nekdo gol. Učenci to delajo sošolkam in sošolcem. Na posnetkih so najpogosteje dekleta. Lažni posnetek lahko prizadene prav tako kot pravi.
teachers-class = V razredu
teachers-class-consent = Vprašajte, kaj pomeni privolitev, ko fotografija nastane, ko jo kdo spremeni in ko jo pošlje naprej.
teachers-class-person = Govorite o osebi, ki je na posnetku. Nikoli ne iščite primerov in nobenega ne kažite.
teachers-class-bystander = Dogovorite se, kaj storiti, ko kdo dobi tak posnetek: ne pošiljati ga naprej, stopiti na stran osebe na njem, povedati odrasli osebi.
teachers-class-whom = Povejte, na koga v šoli se je mogoče obrniti in da to ni tožarjenje.
teachers-incident = Ko se je že zgodilo
teachers-incident-listen = Poslušajte, ostanite mirni, verjemite otroku in mu povejte, da ni kriv.
teachers-incident-image = Posnetka ne kopirajte, ne pošiljajte naprej in ga brez potrebe ne glejte. Zapišite si, kje je in kdo vam je povedal zanj.
teachers-incident-protect = Z otrokom se dogovorite, kdo mora vedeti za to, in ga zaščitite pred tistimi, ki posnetek pošiljajo naprej.
teachers-incident-report = S pomočjo spodaj navedenih služb poskrbite, da posnetek odstranijo, in obvestite pristojne organe, kot zahteva zakon v vaši državi.
teachers-incident-others = Tudi tisti, ki so posnetek izdelali, so pogosto otroci. Potrebujejo jasne meje in pomoč.

## Whom each kind of help is for

need-danger = Če ste zdaj v nevarnosti
    .pupil = Če si prav zdaj v nevarnosti
need-danger-call = Pokličite številko za klic v sili v svoji državi.
    .pupil = Pokliči številko za klic v sili ali prosi odraslo osebo, naj pokliče.
need-talk-young = Pogovor: otroci in mladi
need-talk-anyone = Pogovor: ne glede na starost
need-remove-young = Odstranitev posnetka: oseba na njem je mlajša od 18 let
need-remove-adult = Odstranitev posnetka: oseba na njem ima 18 let ali več
need-worried = Za odrasle, ki jih skrbi lastno ravnanje

## In the directory of help services

help-emergency = klic v sili
help-child-helplines = nacionalni telefoni za otroke in mladostnike
help-not-everywhere = ne v vseh državah
help-safer-internet = Centri za varnejši internet
help-parents-too = tudi za starše in učitelje
help-find-helpline = Iskalnik telefonov za otroke in mladostnike
help-by-country = po državah
help-hotlines = točke za prijavo nezakonitih vsebin
help-report-anonymously = anonimna prijava, po državah

## The public record of a case

record-title = Javni zapis
record-heading = Javni zapis o zadevi
record-in-force = Kaj o tej zadevi navajajo seznami, ki veljajo v tem omrežju:
record-none = Na nobenem seznamu, ki velja v tem omrežju, ni zadeve s to številko.
record-service = Storitev
record-service-withheld = Ni navedena, da ta zapis nikomur ne bi pomagal pri iskanju.
record-rules = Blokirana domenska imena

## About the service itself, on its own address

about-title = O blokiranih storitvah
about-heading = Nekatere storitve iz tega omrežja niso dosegljive
about-what = Nekatere storitve so nezakonite ali pa so jih blokirali tisti, ki upravljajo to omrežje. Ko naprava v tem omrežju vpraša, kje je taka storitev, je namesto tja usmerjena na stran z opozorilom.
about-told-heading = Kaj piše na strani z opozorilom
about-told = Zakaj je storitev blokirana, kdo je tako odločil, na kakšni pravni podlagi in katera je številka zadeve, če seznam blokiranih storitev to navaja. Tam piše tudi, kje najti pomoč.
about-kept-heading = Kaj se o vas shrani
about-kept = Nič. Te strani ne shranjujejo piškotkov in ne beležijo, kdo jih je odprl ali kaj je iskal.
about-contest-heading = Če se ne strinjate
about-contest = Če seznam navaja, kdo ponovno presoja njegove odločitve, sta na strani z opozorilom naslov in številka zadeve.
about-run-by = Upravljavec tega omrežja je { $operator }.

## Pages of one sentence

misdirected = Ta storitev ni ali ni več blokirana
misdirected-sentence = To napravo je sem usmeril starejši odgovor. Dovolj je počakati minuto in stran znova naložiti.
missing = Take strani ni
missing-sentence = Čemu so te strani namenjene, piše tukaj:
unreadable = Te zahteve ni bilo mogoče prebrati
unreadable-sentence = Iz nje ni jasno, na katero storitev se nanaša.
read-only = To stran je mogoče samo brati
read-only-sentence = Nanjo ni mogoče ničesar poslati.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day }. { $month ->
    [1] januar
    [2] februar
    [3] marec
    [4] april
    [5] maj
    [6] junij
    [7] julij
    [8] avgust
    [9] september
    [10] oktober
    [11] november
   *[12] december
} { $year }
region-AT = Avstrija
region-BE = Belgija
region-BG = Bolgarija
region-CY = Ciper
region-CZ = Češka
region-DE = Nemčija
region-DK = Danska
region-EE = Estonija
region-ES = Španija
region-FI = Finska
region-FR = Francija
region-GR = Grčija
region-HR = Hrvaška
region-HU = Madžarska
region-IE = Irska
region-IT = Italija
region-LT = Litva
region-LU = Luksemburg
region-LV = Latvija
region-MT = Malta
region-NL = Nizozemska
region-PL = Poljska
region-PT = Portugalska
region-RO = Romunija
region-SE = Švedska
region-SI = Slovenija
region-SK = Slovaška
region-EU = Evropska unija
region-GB = Združeno kraljestvo
region-NO = Norveška
region-IS = Islandija
region-LI = Lihtenštajn
region-CH = Švica
region-UA = Ukrajina
region-TR = Turčija
region-RS = Srbija
region-MD = Moldavija
region-US = Združene države Amerike
region-CA = Kanada
region-AU = Avstralija
region-NZ = Nova Zelandija
region-KR = Južna Koreja
region-JP = Japonska
region-CN = Kitajska
region-TW = Tajvan
region-HK = Hongkong
region-SG = Singapur
region-IN = Indija
region-ID = Indonezija
region-MY = Malezija
region-PH = Filipini
region-TH = Tajska
region-VN = Vietnam
region-KE = Kenija
region-TZ = Tanzanija
region-UG = Uganda
region-RW = Ruanda
region-ZA = Južnoafriška republika
region-NG = Nigerija
region-EG = Egipt
region-MA = Maroko
region-TN = Tunizija
region-SA = Saudova Arabija
region-AE = Združeni arabski emirati
region-BR = Brazilija
region-MX = Mehika
region-AR = Argentina
region-CL = Čile
region-CO = Kolumbija
