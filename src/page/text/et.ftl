### Eesti.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Eesti
direction = ltr

## What stands around every page

leave = Lahku lehelt
leave-note = See ei kustuta sinu sirvimisajalugu.
leave-key = Lehelt saad lahkuda ka nii, et vajutad kolm korda Esc-klahvi.
languages = Keeled
back = Tagasi teate juurde
private = See leht ei kasuta küpsiseid. Siin ei salvestata andmeid sinu külastuse ega selle kohta, mida sa otsisid.
    .pupil = See leht ei pane kirja, kes sa oled ega mida sa otsisid.
help-dated = Abi pakkuvate teenuste loetelu seisuga { $date }.

## The block: what it is, and who decided

block-title = Juurdepääs blokeeritud
block-unlawful = See teenus on siin ebaseaduslik ja juurdepääs sellele on blokeeritud
    .pupil = See teenus on siin seadusega keelatud ja seepärast blokeeritud
block-plain = See teenus on selles võrgus blokeeritud
    .pupil = See teenus on siin blokeeritud
block-harm = Sellised teenused teevad tehisintellektiga võltsitud alastipilte päris inimestest, kes ei ole selleks nõusolekut andnud. See on üks vägivalla vorme. Piltidel kujutatud inimesed, nende seas palju tüdrukuid ja naisi, võivad selle all kaua kannatada.
    .pupil = Sellised teenused teevad tehisintellektiga võltsitud alastipilte päris inimestest. Nendelt inimestelt ei ole luba küsitud ja see võib neile väga kaua haiget teha.
block-by-authority = Ametiasutus otsustas, et see teenus ei tohi olla kättesaadav. Otsus on sellel lehel kirjas, samuti see, kuidas seda vaidlustada.
    .pupil = Nii otsustas ametiasutus. Allpool on kirjas, kes otsuse tegi ja mida saad teha, kui see on sinu arvates vale.
block-by-operator = Teenus on nimekirjas, mille on valinud selle võrgu haldaja.
    .pupil = Inimesed, kes selle võrgu eest hoolitsevad, otsustasid teenuse blokeerida.
decision = Otsus
decided-by = Otsuse tegija
operator = Selle võrgu haldaja
legal-basis = Seadus
reference = Juhtumi number
listed = Blokeeringu algus
expires = Blokeeringu lõpp
list = Nimekiri

## The doors, in the words of the person who takes one

doors = Mis sind siia tõi?
door-image = Asi on pildis, millel kujutatakse mind või kedagi, keda ma tunnen
    .pupil = Keegi tegi pildi minust või kellestki, keda ma tunnen, või jagas sellist pilti
door-talk = Mul on vaja kellegagi rääkida
door-worry = Olen mures selle pärast, mida ma teen
    .pupil = Olen mures millegi pärast, mida ma tegin või võin teha
door-mistake = Sattusin siia kogemata või ma ei ole nõus
    .pupil = Sattusin siia kogemata või minu arvates on see vale
door-teachers = Õpetajatele ja lapsevanematele

## “It is about an image of me”

image-heading = Sa ei ole üksi ja see ei ole sinu süü
    .pupil = Sa ei ole üksi ja see ei ole sinu süü
image-comfort = Kui keegi tegi sinust võltsitud pildi või jagas seda, siis tegi valesti tema, mitte sina. Sa saad abi, ilma et sind süüdistataks. Sama kehtib, kui pildil kujutatakse kedagi, keda sa tunned.
    .pupil = Kui keegi tegi sinust võltsitud pildi või jagas seda, siis tegi ta valesti. Sina ei teinud midagi valesti. On inimesi, kes sind aitavad, ja keegi ei tohi sind süüdistada. Sama kehtib, kui pildil kujutatakse kedagi, keda sa tunned.
rights-heading = Sinu õigused
    .pupil = Sinu õigused
right-law = Paljudes riikides on sellise pildi tegemine ja jagamine ilma inimese nõusolekuta seadusega keelatud, isegi kui pildi tegi tehisintellekt.
    .pupil = Paljudes riikides ei tohi keegi sellist pilti teha ega jagada, isegi kui selle tegi arvuti.
right-removal = Saad paluda, et veebilehed ja rakendused pildi eemaldaksid. Selles aitavad sind tasuta teenused.
    .pupil = Saad paluda, et pilt maha võetaks. On teenuseid, mis sind selles aitavad, ja need on tasuta.
right-anonymous = Paljudel abitelefonidel kuulatakse sind ära nime küsimata.
    .pupil = Sa võid abitelefonile helistada või kirjutada. Sageli ei pea sa isegi oma nime ütlema.
step-help = Kõigepealt: otsi abi
step-report = Seejärel: lase pilt eemaldada
step-report-note = Pane kirja, kus pilt on ja millal sa seda nägid, ning hoia alles sellega seotud sõnumid. Kui pildil on alla 18-aastane, ära salvesta ega saada pilti ennast.
    .pupil = Pane kirja, kus ja millal sa pilti nägid, ning hoia alles sellega seotud sõnumid. Ära salvesta pilti ega saada seda kellelegi, isegi mitte tõendiks.
step-trust = Ja: räägi kellegagi, keda usaldad
step-trust-note = Oma vanema, mõne teise pereliikme, õpetaja, nõustaja või sõbraga. Sa ei pea seda üksi kandma.
    .pupil = Ema või isa, mõne teise pereliikme, õpetaja, kooliõe või hea sõbraga. Sa ei pea sellega üksi hakkama saama.
threat-heading = Kui keegi sind ähvardab
    .pupil = Kui keegi sind ähvardab
threat = Ära maksa ja ära saada enam midagi. Hoia ähvardaja sõnumid alles: neist on näha, mis juhtus. Abitelefonilt saad nõu, mida edasi teha.
    .pupil = Ära maksa ja ära saada enam ühtegi pilti, ükskõik mida sulle öeldakse. Hoia sõnumid alles ja näita neid täiskasvanule, keda usaldad. Sul ei tule sellest pahandust.

## “I need to talk to someone”

talk-heading = Sind kuulatakse ära
    .pupil = On keegi, kes sind kuulab
talk-comfort = Mis sind ka siia tõi, sellest saab rääkida. Sind ei süüdistata.
    .pupil = Mis see ka ei oleks, sellest võib rääkida. Keegi ei pahanda sinuga.

## “I am worried about what I do”

worry-heading = Kui oled mures selle pärast, mida teed
    .pupil = Kui oled mures millegi pärast, mida sa tegid või võid teha
worry-comfort = Soov midagi muuta nõuab julgust ja kellegi abiga saad sellega hakkama. On inimesi, kellega rääkida: nad ei mõista sind hukka ja sa ei pea oma nime ütlema.
    .pupil = Sellele mõelda on julge tegu. Sellise pildi tegemine või jagamine teeb kellelegi haiget, aga sa saad lõpetada ja asja heaks teha. On inimesi, kes sind selles aitavad.
worry-stop = Peatu siin. Ära tee ega jaga enam midagi.
    .pupil = Peatu siin. Ära tee ega jaga enam ühtegi pilti.
worry-repair = Kui oled pilti jaganud, palu neil, kellel see on, see kustutada, ja lase pilt eemaldada.
    .pupil = Kui oled pilti jaganud, räägi sellest täiskasvanule, keda usaldad, et pilt kiiresti maha võetaks.
worry-talk = Räägi kellegagi. Abi pakkujad kuulevad selliseid lugusid iga päev.
    .pupil = Räägi kellegagi. Abitelefonidel kuuldakse selliseid lugusid iga päev.
worry-young = Kui oled alla 18-aastane, on noorte abitelefonid ka sinu jaoks.
    .pupil = Laste ja noorte abitelefonid on ka sinu jaoks.

## “I am here by mistake, or I disagree”

mistake-heading = Kui sattusid siia kogemata või ei ole nõus
    .pupil = Kui sattusid siia kogemata või see on sinu arvates vale
mistake-leave = Kui sattusid siia kogemata, ei pea sa midagi tegema. Võid lihtsalt lahkuda.
    .pupil = Kui sattusid siia kogemata, ei ole midagi halba juhtunud ja sul ei tule sellest pahandust. Võid lihtsalt lahkuda.
mistake-appeal = Kui sinu arvates ei peaks see teenus olema blokeeritud, saad taotleda, et otsus uuesti läbi vaadataks:
    .pupil = Kui sinu arvates ei peaks see teenus olema blokeeritud, räägi sellest mõne täiskasvanuga. Sina või tema saate paluda, et otsus uuesti üle vaadataks:
mistake-reference = Palun lisa juhtumi number:
    .pupil = Kirjuta oma sõnumisse see juhtumi number:
mistake-subject = Otsuse uuesti läbivaatamise taotlus
mistake-operator = Küsimused selle võrgu ja siin blokeeritud teenuste kohta:
    .pupil = Kui sul on küsimusi, küsi õpetajalt või kirjuta siia:
mistake-no-operator = Kui sul on küsimusi selle võrgu või siin blokeeritud teenuste kohta, pöördu võrguühenduse pakkuja poole: see võib olla internetiteenuse pakkuja, kool või tööandja.
    .pupil = Kui sul on küsimusi, küsi õpetajalt või inimeselt, kes seal, kus sa oled, interneti eest hoolitseb.
mistake-record = Nimekirja andmed selle juhtumi kohta on avalikud:

## For teachers and parents

teachers-heading = Kuidas rääkida võltsitud alastipiltidest
teachers-lead = Tehisintellektile piisab tavalisest fotost, et teha pilt, mis näitab inimest alasti. Õpilased teevad seda üksteisele. Enamik neist, keda sellistel piltidel kujutatakse, on tüdrukud. Võltsitud pilt võib teha sama palju haiget kui päris pilt.
teachers-class = Tunnis
teachers-class-consent = Küsi, mida tähendab nõusolek siis, kui pilti tehakse, kui seda muudetakse ja kui see edasi saadetakse.
teachers-class-person = Räägi inimesest, keda pildil kujutatakse. Ära kunagi otsi ega näita näiteid.
teachers-class-bystander = Leppige kokku, mida teha, kui keegi saab sellise pildi: seda ei saadeta edasi, pildil kujutatut toetatakse ja sellest räägitakse täiskasvanule.
teachers-class-whom = Ütle, kelle poole saab teie koolis pöörduda, ja et rääkimine ei ole pealekaebamine.
teachers-incident = Kui see on juhtunud
teachers-incident-listen = Kuula, jää rahulikuks, usu last ja ütle, et see ei ole tema süü.
teachers-incident-image = Ära kopeeri pilti, ära saada seda edasi ja ära vaata seda ilma vajaduseta. Märgi üles, kus pilt on ja kes sellest rääkis.
teachers-incident-protect = Lepi lapsega kokku, kellel on vaja sellest teada, ja kaitse last nende eest, kes pilti levitavad.
teachers-incident-report = Lase pilt allpool nimetatud teenuste abil eemaldada ja teavita ametiasutusi nii, nagu seadus nõuab.
teachers-incident-others = Pildi tegijad on sageli samuti lapsed. Nad vajavad selgeid piire ja abi.

## Whom each kind of help is for

need-danger = Kui oled praegu ohus
    .pupil = Kui oled just praegu ohus
need-danger-call = Helista oma riigi hädaabinumbril.
    .pupil = Helista hädaabinumbril või palu mõnel täiskasvanul helistada.
need-talk-young = Räägi kellegagi: lapsed ja noored
need-talk-anyone = Räägi kellegagi: igas vanuses
need-remove-young = Pildi eemaldamine: pildil on alla 18-aastane
need-remove-adult = Pildi eemaldamine: pildil on 18-aastane või vanem
need-worried = Täiskasvanutele, kes on enda pärast mures

## In the directory of help services

help-emergency = hädaabinumber
help-child-helplines = riikide lasteabitelefonid
help-not-everywhere = mitte igas riigis
help-safer-internet = Turvalisema interneti keskused
help-parents-too = ka lapsevanematele ja õpetajatele
help-find-helpline = Leia lasteabitelefon
help-by-country = riikide kaupa
help-hotlines = vihjeliinid
help-report-anonymously = teata anonüümselt, riikide kaupa

## The public record of a case

record-title = Avalikud andmed
record-heading = Juhtumi avalikud andmed
record-in-force = Selles võrgus kehtivates nimekirjades on selle juhtumi kohta kirjas:
record-none = Üheski selles võrgus kehtivas nimekirjas ei ole sellise numbriga juhtumit.
record-service = Teenus
record-service-withheld = Ei näidata, et need andmed ei aitaks kellelgi teenust leida.
record-rules = Blokeeritud domeeninimed

## About the service itself, on its own address

about-title = Blokeeritud teenustest
about-heading = Mõnele teenusele sellest võrgust juurde ei pääse
about-what = Mõni teenus on ebaseaduslik, mõne on blokeerinud selle võrgu haldaja omal valikul. Kui seade selles võrgus küsib, kus selline teenus asub, juhitakse seade hoiatuslehele.
about-told-heading = Mis on hoiatuslehel kirjas
about-told = Miks teenus on blokeeritud, kes nii otsustas, millise seaduse alusel ja mis on juhtumi number, kui need andmed on blokeeritud teenuste nimekirjas olemas. Lehel on kirjas ka see, kust saab abi.
about-kept-heading = Mida sinu kohta salvestatakse
about-kept = Mitte midagi. Need lehed ei kasuta küpsiseid ega salvesta, kes need avas või mida ta otsis.
about-contest-heading = Kui sa ei ole nõus
about-contest = Kui nimekirjas on öeldud, kes selle otsused uuesti läbi vaatab, on hoiatuslehel aadress ja juhtumi number.
about-run-by = Selle võrgu haldaja on { $operator }.

## Pages of one sentence

misdirected = See teenus ei ole blokeeritud või ei ole seda enam
misdirected-sentence = Sinu seade suunati siia vananenud vastuse tõttu. Palun oota minut ja laadi leht siis uuesti.
missing = Sellist lehte ei ole
missing-sentence = Nende lehtede kohta saab lugeda siit:
unreadable = Seda päringut ei saanud lugeda
unreadable-sentence = Sellest ei selgu, millist teenust see puudutab.
read-only = Seda lehte saab ainult lugeda
read-only-sentence = Sellele ei saa midagi saata.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day }. { $month ->
    [1] jaanuar
    [2] veebruar
    [3] märts
    [4] aprill
    [5] mai
    [6] juuni
    [7] juuli
    [8] august
    [9] september
    [10] oktoober
    [11] november
   *[12] detsember
} { $year }
region-AT = Austria
region-BE = Belgia
region-BG = Bulgaaria
region-CY = Küpros
region-CZ = Tšehhi
region-DE = Saksamaa
region-DK = Taani
region-EE = Eesti
region-ES = Hispaania
region-FI = Soome
region-FR = Prantsusmaa
region-GR = Kreeka
region-HR = Horvaatia
region-HU = Ungari
region-IE = Iirimaa
region-IT = Itaalia
region-LT = Leedu
region-LU = Luksemburg
region-LV = Läti
region-MT = Malta
region-NL = Holland
region-PL = Poola
region-PT = Portugal
region-RO = Rumeenia
region-SE = Rootsi
region-SI = Sloveenia
region-SK = Slovakkia
region-EU = Euroopa Liit
region-GB = Ühendkuningriik
region-NO = Norra
region-IS = Island
region-LI = Liechtenstein
region-CH = Šveits
region-UA = Ukraina
region-TR = Türgi
region-RS = Serbia
region-MD = Moldova
region-US = Ameerika Ühendriigid
region-CA = Kanada
region-AU = Austraalia
region-NZ = Uus-Meremaa
region-KR = Lõuna-Korea
region-JP = Jaapan
region-CN = Hiina
region-TW = Taiwan
region-HK = Hongkong
region-SG = Singapur
region-IN = India
region-ID = Indoneesia
region-MY = Malaisia
region-PH = Filipiinid
region-TH = Tai
region-VN = Vietnam
region-KE = Keenia
region-TZ = Tansaania
region-UG = Uganda
region-RW = Rwanda
region-ZA = Lõuna-Aafrika Vabariik
region-NG = Nigeeria
region-EG = Egiptus
region-MA = Maroko
region-TN = Tuneesia
region-SA = Saudi Araabia
region-AE = Araabia Ühendemiraadid
region-BR = Brasiilia
region-MX = Mehhiko
region-AR = Argentina
region-CL = Tšiili
region-CO = Colombia
