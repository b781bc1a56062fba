### Nederlands.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Nederlands
direction = ltr

## What stands around every page

leave = Verlaat deze pagina nu
leave-note = Je browsergeschiedenis wordt hiermee niet gewist.
leave-key = Je kunt de pagina ook verlaten door drie keer op de Esc-toets te drukken.
languages = Talen
back = Terug naar de melding
private = Deze pagina plaatst geen cookies. Er wordt niets bewaard over je bezoek of over wat je zocht.
    .pupil = Deze pagina bewaart niet wie je bent of wat je zocht.
help-dated = Lijst van hulporganisaties, zoals bekend op { $date }.

## The block: what it is, and who decided

block-title = Toegang geblokkeerd
block-unlawful = Deze dienst is hier onwettig en de toegang is geblokkeerd
    .pupil = Deze dienst mag hier niet van de wet en is daarom geblokkeerd
block-plain = Deze dienst is geblokkeerd op dit netwerk
    .pupil = Deze dienst is hier geblokkeerd
block-harm = Diensten als deze gebruiken AI om nep-naaktfoto’s te maken van echte mensen, die daar nooit toestemming voor hebben gegeven. Dat is een vorm van misbruik. De mensen op die foto’s, onder wie veel meisjes en vrouwen, kunnen er lang onder lijden.
    .pupil = Diensten als deze gebruiken AI om nep-naaktfoto’s te maken van echte mensen. Niemand heeft die mensen iets gevraagd, en ze kunnen er heel lang verdriet van hebben.
block-by-authority = Een overheidsinstantie heeft besloten dat deze dienst niet bereikbaar mag zijn. Op deze pagina staat wat er is besloten en hoe je dat kunt aanvechten.
    .pupil = Een overheidsinstantie heeft dat besloten. Hieronder lees je welke dat was, en wat je kunt doen als je denkt dat het niet klopt.
block-by-operator = Deze dienst staat op een lijst die de beheerder van dit netwerk heeft gekozen.
    .pupil = De mensen die voor dit netwerk zorgen, hebben ervoor gekozen om deze dienst te blokkeren.
decision = De beslissing
decided-by = Besloten door
operator = De beheerder van dit netwerk
legal-basis = Wettelijke grondslag
reference = Zaaknummer
listed = Geblokkeerd sinds
expires = Geblokkeerd tot
list = Lijst

## The doors, in the words of the person who takes one

doors = Waarom ben je hier?
door-image = Het gaat om een afbeelding van mij, of van iemand die ik ken
    .pupil = Iemand heeft een foto gemaakt of gedeeld van mij, of van iemand die ik ken
door-talk = Ik wil met iemand praten
door-worry = Ik maak me zorgen over wat ik doe
    .pupil = Ik maak me zorgen over iets wat ik heb gedaan, of misschien ga doen
door-mistake = Ik ben hier per ongeluk, of ik ben het er niet mee eens
    .pupil = Ik kwam hier per ongeluk, of ik vind dat de blokkade niet klopt
door-teachers = Voor leraren en ouders

## “It is about an image of me”

image-heading = Je bent niet alleen, en het is niet jouw schuld
    .pupil = Je bent niet alleen, en het is niet jouw schuld
image-comfort = Heeft iemand een nepafbeelding van je gemaakt of gedeeld? Dan heeft die persoon iets verkeerds gedaan. Jij niet. Je kunt hulp krijgen zonder dat iemand je iets verwijt. Gaat het om iemand die je kent? Dan geldt hetzelfde.
    .pupil = Heeft iemand een nepfoto van je gemaakt of gedeeld? Dan heeft die persoon iets verkeerds gedaan. Jij niet. Er zijn mensen die je helpen, en niemand mag jou de schuld geven. Gaat het om iemand die je kent? Dan geldt hetzelfde.
rights-heading = Je rechten
    .pupil = Je rechten
right-law = In veel landen is het verboden om zonder toestemming zo’n afbeelding van iemand te maken of te delen, ook als AI die heeft gemaakt.
    .pupil = In veel landen mag niemand zo’n foto maken of delen, ook niet als een computer hem heeft gemaakt.
right-removal = Je kunt websites en apps vragen om de afbeelding te verwijderen. Er zijn gratis diensten die je daarbij helpen.
    .pupil = Je kunt vragen om de foto weg te halen. Er zijn organisaties die je daarbij helpen, en dat kost niets.
right-anonymous = Bij veel hulplijnen kun je je verhaal doen zonder dat iemand naar je naam vraagt.
    .pupil = Je kunt een hulplijn bellen of een bericht sturen. Vaak hoef je niet eens je naam te zeggen.
step-help = Eerst: zoek hulp
step-report = Dan: laat de afbeelding verwijderen
step-report-note = Schrijf op waar de afbeelding staat en wanneer je die hebt gezien, en bewaar berichten erover. Is de persoon op de afbeelding jonger dan 18? Sla de afbeelding zelf dan niet op, en stuur die niet door.
    .pupil = Schrijf op waar en wanneer je de foto hebt gezien, en bewaar de berichten erover. Sla de foto niet op en stuur hem naar niemand, ook niet als bewijs.
step-trust = En: vertel het aan iemand die je vertrouwt
step-trust-note = Een ouder, iemand anders uit je familie, een leraar of vertrouwenspersoon, een vriend of vriendin. Je hoeft dit niet alleen te dragen.
    .pupil = Je moeder of vader, iemand anders uit je familie, een leraar of lerares, de vertrouwenspersoon op school, een goede vriend of vriendin. Je hoeft dit niet in je eentje op te lossen.
threat-heading = Als iemand je bedreigt
    .pupil = Als iemand je bedreigt
threat = Betaal niet, en stuur niets meer. Bewaar de berichten: die laten zien wat er is gebeurd. Een hulplijn kan met je meedenken over wat je nu kunt doen.
    .pupil = Betaal niet, en stuur geen foto’s meer, wat ze ook zeggen. Bewaar hun berichten, en laat ze zien aan een volwassene die je vertrouwt. Je hoeft niet bang te zijn voor straf.

## “I need to talk to someone”

talk-heading = Er is iemand die naar je luistert
    .pupil = Er is iemand die naar je luistert
talk-comfort = Waarom je hier ook bent, je kunt erover praten. Niemand zal je iets verwijten.
    .pupil = Wat het ook is, je kunt erover praten. Niemand wordt boos op je.

## “I am worried about what I do”

worry-heading = Als je je zorgen maakt over wat je doet
    .pupil = Als je je zorgen maakt over iets wat je hebt gedaan, of misschien gaat doen
worry-comfort = Iets willen veranderen vraagt moed, en met hulp kan het lukken. Er zijn mensen met wie je kunt praten en die je niet veroordelen. Je hoeft je naam niet te zeggen.
    .pupil = Het is dapper dat je erover nadenkt. Zo’n foto maken of delen doet iemand pijn. Maar je kunt ermee stoppen en het weer goedmaken, en er zijn mensen die je daarbij helpen.
worry-stop = Stop nu. Maak en deel niets meer.
    .pupil = Stop nu. Maak en deel zulke foto’s niet meer.
worry-repair = Heb je een afbeelding gedeeld? Vraag iedereen die de afbeelding heeft om die te wissen, en laat de afbeelding van het internet halen.
    .pupil = Heb je een foto gedeeld? Vertel het aan een volwassene die je vertrouwt. Dan kan de foto snel worden weggehaald.
worry-talk = Praat met iemand. De mensen bij deze organisaties horen zulke dingen elke dag.
    .pupil = Praat met iemand. De mensen bij deze hulplijnen horen zulke dingen elke dag.
worry-young = Ben je jonger dan 18? Dan zijn de hulplijnen voor jongeren er ook voor jou.
    .pupil = De hulplijnen voor kinderen en jongeren zijn er ook voor jou.

## “I am here by mistake, or I disagree”

mistake-heading = Als je hier per ongeluk bent, of het er niet mee eens bent
    .pupil = Als je hier per ongeluk bent, of vindt dat de blokkade niet klopt
mistake-leave = Ben je hier per ongeluk terechtgekomen? Dan hoef je niets te doen. Je kunt de pagina gewoon verlaten.
    .pupil = Ben je hier per ongeluk terechtgekomen? Dan is er niets ergs gebeurd, en je krijgt geen straf. Je kunt gewoon weggaan.
mistake-appeal = Vind je dat deze dienst niet geblokkeerd zou moeten zijn? Dan kun je vragen om de beslissing opnieuw te bekijken:
    .pupil = Vind je dat deze dienst niet geblokkeerd zou moeten zijn? Praat erover met een volwassene. Jij of die volwassene kan vragen om de beslissing opnieuw te bekijken:
mistake-reference = Vermeld het zaaknummer:
    .pupil = Zet dit zaaknummer in je bericht:
mistake-subject = Verzoek om heroverweging
mistake-operator = Voor vragen over dit netwerk en wat het blokkeert:
    .pupil = Heb je vragen? Stel ze aan een leraar of lerares, of stel je vraag hier:
mistake-no-operator = Heb je vragen over dit netwerk en wat het blokkeert? Stel ze aan degene die je toegang geeft tot het netwerk: je internetprovider, je school of je werkgever.
    .pupil = Heb je vragen? Stel ze aan een leraar of lerares, of aan de persoon die zorgt voor het internet waar je nu bent.
mistake-record = Wat de lijst over deze zaak zegt, is openbaar:

## For teachers and parents

teachers-heading = Praten over nep-naaktfoto’s
teachers-lead = Met een gewone foto kan AI al een afbeelding maken waarop iemand naakt te zien is. Leerlingen doen dit bij elkaar. Op die afbeeldingen staan meestal meisjes. Een nepafbeelding kan net zoveel pijn doen als een echte.
teachers-class = In de klas
teachers-class-consent = Vraag wat toestemming betekent bij een foto: als die wordt gemaakt, als die wordt bewerkt, als die wordt doorgestuurd.
teachers-class-person = Praat over de mens op de foto. Zoek nooit naar voorbeelden, en laat er nooit een zien.
teachers-class-bystander = Spreek af wat je doet als er zo’n afbeelding binnenkomt: niet doorsturen, de persoon die erop staat steunen, het aan een volwassene vertellen.
teachers-class-whom = Vertel bij wie leerlingen op school terechtkunnen, en dat hulp vragen geen klikken is.
teachers-incident = Als het is gebeurd
teachers-incident-listen = Luister, blijf rustig, geloof het kind en zeg dat het niet de schuld van het kind is.
teachers-incident-image = Kopieer de afbeelding niet, stuur die niet door en kijk er niet onnodig naar. Schrijf op waar de afbeelding staat en wie het je heeft verteld.
teachers-incident-protect = Spreek met het kind af wie het moet weten, en bescherm het kind tegen degenen die de afbeelding doorsturen.
teachers-incident-report = Laat de afbeelding verwijderen via de organisaties hieronder, en licht de autoriteiten in zoals de wet in je land dat vraagt.
teachers-incident-others = Degenen die de afbeelding hebben gemaakt, zijn vaak zelf nog kinderen. Ook zij hebben duidelijke grenzen nodig, en hulp.

## Whom each kind of help is for

need-danger = Als je nu in gevaar bent
    .pupil = Als je op dit moment in gevaar bent
need-danger-call = Bel het noodnummer van je land.
    .pupil = Bel het noodnummer, of vraag een volwassene om te bellen.
need-talk-young = Met iemand praten: kinderen en jongeren
need-talk-anyone = Met iemand praten: alle leeftijden
need-remove-young = Een afbeelding laten verwijderen: de persoon erop is jonger dan 18
need-remove-adult = Een afbeelding laten verwijderen: de persoon erop is 18 of ouder
need-worried = Voor volwassenen die zich zorgen maken over hun eigen gedrag

## In the directory of help services

help-emergency = noodnummer
help-child-helplines = nationale hulplijnen voor kinderen
help-not-everywhere = niet in elk land
help-safer-internet = Centra voor een veiliger internet
help-parents-too = ook voor ouders en leraren
help-find-helpline = Zoek een hulplijn voor kinderen
help-by-country = per land
help-hotlines = meldpunten
help-report-anonymously = anoniem melden, per land

## The public record of a case

record-title = Openbare gegevens
record-heading = Openbare gegevens over een zaak
record-in-force = Dit zeggen de lijsten die op dit netwerk gelden, over deze zaak:
record-none = Op geen van de lijsten die op dit netwerk gelden, staat een zaak met dit nummer.
record-service = Dienst
record-service-withheld = Wordt niet getoond, zodat deze gegevens niemand helpen om de dienst te vinden.
record-rules = Geblokkeerde domeinnamen

## About the service itself, on its own address

about-title = Over geblokkeerde diensten
about-heading = Sommige diensten zijn vanaf dit netwerk niet bereikbaar
about-what = Sommige diensten zijn onwettig, of zijn geblokkeerd omdat de beheerder van dit netwerk daarvoor kiest. Als een apparaat op dit netwerk vraagt waar zo’n dienst te vinden is, wordt het naar een waarschuwingspagina gestuurd.
about-told-heading = Wat er op de waarschuwingspagina staat
about-told = Waarom de dienst is geblokkeerd, wie dat heeft besloten, volgens welke wet en onder welk zaaknummer, voor zover de lijst van geblokkeerde diensten dat vermeldt. Er staat ook waar je hulp kunt vinden.
about-kept-heading = Wat er over je wordt bewaard
about-kept = Niets. Deze pagina’s plaatsen geen cookies en bewaren niet wie ze heeft geopend of wat die persoon zocht.
about-contest-heading = Als je het er niet mee eens bent
about-contest = Als in een lijst staat wie de beslissingen opnieuw bekijkt, vind je het adres en het zaaknummer op de waarschuwingspagina.
about-run-by = Dit netwerk wordt beheerd door { $operator }.

## Pages of one sentence

misdirected = Deze dienst is niet of niet meer geblokkeerd
misdirected-sentence = Je apparaat is door een ouder antwoord hierheen gestuurd. Wacht een minuut en laad deze pagina dan opnieuw.
missing = Deze pagina bestaat niet
missing-sentence = Hier lees je waar deze pagina’s voor zijn:
unreadable = Dit verzoek kon niet worden gelezen
unreadable-sentence = Het is niet duidelijk voor welke dienst het bedoeld is.
read-only = Deze pagina kan alleen worden gelezen
read-only-sentence = Je kunt er niets naartoe sturen.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day } { $month ->
    [1] januari
    [2] februari
    [3] maart
    [4] april
    [5] mei
    [6] juni
    [7] juli
    [8] augustus
    [9] september
    [10] oktober
    [11] november
   *[12] december
} { $year }
region-AT = Oostenrijk
region-BE = België
region-BG = Bulgarije
region-CY = Cyprus
region-CZ = Tsjechië
region-DE = Duitsland
region-DK = Denemarken
region-EE = Estland
region-ES = Spanje
region-FI = Finland
region-FR = Frankrijk
region-GR = Griekenland
region-HR = Kroatië
region-HU = Hongarije
region-IE = Ierland
region-IT = Italië
region-LT = Litouwen
region-LU = Luxemburg
region-LV = Letland
region-MT = Malta
region-NL = Nederland
region-PL = Polen
region-PT = Portugal
region-RO = Roemenië
region-SE = Zweden
region-SI = Slovenië
region-SK = Slowakije
region-EU = Europese Unie
region-GB = Verenigd Koninkrijk
region-NO = Noorwegen
region-IS = IJsland
region-LI = Liechtenstein
region-CH = Zwitserland
region-UA = Oekraïne
region-TR = Turkije
region-RS = Servië
region-MD = Moldavië
region-US = Verenigde Staten
region-CA = Canada
region-AU = Australië
region-NZ = Nieuw-Zeeland
region-KR = Zuid-Korea
region-JP = Japan
region-CN = China
region-TW = Taiwan
region-HK = Hongkong
region-SG = Singapore
region-IN = India
region-ID = Indonesië
region-MY = Maleisië
region-PH = Filipijnen
region-TH = Thailand
region-VN = Vietnam
region-KE = Kenia
region-TZ = Tanzania
region-UG = Oeganda
region-RW = Rwanda
region-ZA = Zuid-Afrika
region-NG = Nigeria
region-EG = Egypte
region-MA = Marokko
region-TN = Tunesië
region-SA = Saoedi-Arabië
region-AE = Verenigde Arabische Emiraten
region-BR = Brazilië
region-MX = Mexico
region-AR = Argentinië
region-CL = Chili
region-CO = Colombia
