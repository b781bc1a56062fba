### Norsk bokmål.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Norsk bokmål
direction = ltr

## What stands around every page

leave = Forlat siden nå
leave-note = Det sletter ikke nettleserloggen din.
leave-key = Du kan også forlate siden ved å trykke tre ganger på Esc-tasten.
languages = Språk
back = Tilbake til meldingen
private = Denne siden bruker ikke informasjonskapsler. Den lagrer ingenting om besøket ditt eller om hva du lette etter.
    .pupil = Denne siden lagrer ikke hvem du er, eller hva du lette etter.
help-dated = Liste over hjelpetilbud per { $date }.

## The block: what it is, and who decided

block-title = Tilgang blokkert
block-unlawful = Denne tjenesten er ulovlig her, og tilgangen til den er blokkert
    .pupil = Denne tjenesten er ulovlig her, så den er blokkert
block-plain = Denne tjenesten er blokkert i dette nettverket
    .pupil = Denne tjenesten er blokkert her
block-harm = Tjenester som denne bruker KI til å lage falske nakenbilder av virkelige mennesker som aldri har sagt ja til det. Det er en form for overgrep, og de som blir vist, mange av dem jenter og kvinner, kan ha det vondt i lang tid.
    .pupil = Tjenester som denne bruker KI til å lage falske nakenbilder av ekte mennesker. Ingen har spurt dem, og de kan ha det vondt veldig lenge.
block-by-authority = En myndighet har bestemt at tjenesten ikke skal være tilgjengelig. På denne siden kan du lese om avgjørelsen og om hvordan du kan klage på den.
    .pupil = Det har en offentlig myndighet bestemt. Lenger nede kan du lese hvem det var, og hva du kan gjøre hvis du mener at det er feil.
block-by-operator = Tjenesten står på en liste som er valgt av den som driver dette nettverket.
    .pupil = De som har ansvar for dette nettverket, har valgt å blokkere tjenesten.
decision = Avgjørelsen
decided-by = Bestemt av
operator = Den som driver dette nettverket
legal-basis = Lovhjemmel
reference = Saksnummer
listed = Blokkert siden
expires = Blokkert til
list = Liste

## The doors, in the words of the person who takes one

doors = Hvorfor er du her?
door-image = Det gjelder et bilde av meg eller av noen jeg kjenner
    .pupil = Noen har laget eller delt et bilde av meg eller av noen jeg kjenner
door-talk = Jeg trenger å snakke med noen
door-worry = Jeg er bekymret for det jeg gjør
    .pupil = Jeg er bekymret for noe jeg har gjort eller kanskje kommer til å gjøre
door-mistake = Jeg er her ved en feil, eller jeg er uenig
    .pupil = Jeg havnet her ved et uhell, eller jeg synes dette er feil
door-teachers = For lærere og foreldre

## “It is about an image of me”

image-heading = Du er ikke alene, og det er ikke din skyld
    .pupil = Du er ikke alene, og det er ikke din skyld
image-comfort = Hvis noen har laget eller delt et falskt bilde av deg, er det de som har gjort noe galt. Ikke du. Du kan få hjelp uten at noen gir deg skylden. Det samme gjelder for den du kjenner.
    .pupil = Hvis noen har laget eller delt et falskt bilde av deg, er det de som har gjort noe galt. Ikke du. Det finnes folk som hjelper deg, og ingen skal gi deg skylden. Det samme gjelder for den du kjenner.
rights-heading = Rettighetene dine
    .pupil = Rettighetene dine
right-law = I mange land er det ulovlig å lage eller dele et slikt bilde av noen som ikke har sagt ja til det, også når det er laget med KI.
    .pupil = I mange land har ingen lov til å lage eller dele et slikt bilde, heller ikke hvis det er en datamaskin som har laget det.
right-removal = Du kan be nettsteder og apper om å fjerne bildet. Det finnes gratis tjenester som hjelper deg med det.
    .pupil = Du kan be om at bildet blir fjernet. Det finnes noen som hjelper deg med det, og det koster ingenting.
right-anonymous = Hos mange hjelpetelefoner kan du snakke med noen uten å si hva du heter.
    .pupil = Du kan ringe eller skrive til en hjelpetelefon. Ofte trenger du ikke engang å si hva du heter.
step-help = Først: få hjelp
step-report = Så: få bildet fjernet
step-report-note = Skriv ned hvor bildet er, og når du så det, og ta vare på meldinger om det. Hvis personen på bildet er under 18 år, må du ikke lagre eller sende selve bildet.
    .pupil = Skriv ned hvor og når du så bildet, og ta vare på meldingene om det. Ikke lagre selve bildet, og ikke send det til noen, heller ikke som bevis.
step-trust = Og: fortell det til noen du stoler på
step-trust-note = En forelder, en annen i familien, en lærer eller rådgiver, en venn. Du trenger ikke å bære dette alene.
    .pupil = Mamma eller pappa, en annen i familien, en lærer, helsesykepleieren på skolen, en god venn. Du trenger ikke å klare dette alene.
threat-heading = Hvis noen truer deg
    .pupil = Hvis noen truer deg
threat = Ikke betal, og ikke send noe mer. Ta vare på meldingene: De viser hva som har skjedd. En hjelpetelefon kan hjelpe deg med å finne ut hva du skal gjøre videre.
    .pupil = Ikke betal, og ikke send flere bilder, uansett hva de sier. Ta vare på meldingene, og vis dem til en voksen du stoler på. Du trenger ikke å være redd for å få kjeft.

## “I need to talk to someone”

talk-heading = Det er noen som vil lytte til deg
    .pupil = Det er noen som lytter til deg
talk-comfort = Uansett hvorfor du er her, kan du snakke om det. Ingen kommer til å bebreide deg.
    .pupil = Uansett hva det er, kan du snakke om det. Ingen kommer til å bli sint på deg.

## “I am worried about what I do”

worry-heading = Hvis du er bekymret for det du gjør
    .pupil = Hvis du er bekymret for noe du har gjort eller kanskje kommer til å gjøre
worry-comfort = Det krever mot å ville endre noe, og du kan få hjelp til det. Det finnes noen å snakke med som ikke dømmer deg, og du trenger ikke å si hva du heter.
    .pupil = Det er modig å tenke over det. Når noen lager eller deler et slikt bilde, sårer det en annen. Men du kan slutte og gjøre det godt igjen, og det finnes folk som hjelper deg med det.
worry-stop = Stopp her. Ikke lag eller del noe mer.
    .pupil = Stopp her. Ikke lag eller del flere bilder.
worry-repair = Hvis du har delt et bilde, be dem som har det, om å slette det, og få det fjernet fra nettet.
    .pupil = Hvis du har delt et bilde, fortell det til en voksen du stoler på, så det raskt kan bli fjernet.
worry-talk = Snakk med noen. De som jobber på disse stedene, hører slikt hver dag.
    .pupil = Snakk med noen. De som svarer på hjelpetelefonene, hører slikt hver dag.
worry-young = Hvis du er under 18 år, er hjelpetelefonene for unge der for deg også.
    .pupil = Hjelpetelefonene for barn og unge er der for deg også.

## “I am here by mistake, or I disagree”

mistake-heading = Hvis du er her ved en feil eller er uenig
    .pupil = Hvis du havnet her ved et uhell eller synes dette er feil
mistake-leave = Hvis du havnet her ved et uhell, trenger du ikke å gjøre noe. Du kan bare forlate siden.
    .pupil = Hvis du havnet her ved et uhell, har det ikke skjedd noe farlig, og du får ikke kjeft. Du kan bare forlate siden.
mistake-appeal = Hvis du mener at tjenesten ikke burde være blokkert, kan du be om at avgjørelsen blir vurdert på nytt:
    .pupil = Hvis du mener at tjenesten ikke burde være blokkert, kan du snakke med en voksen om det. Du eller den voksne kan be om at avgjørelsen blir vurdert på nytt:
mistake-reference = Oppgi saksnummeret:
    .pupil = Skriv dette saksnummeret i meldingen:
mistake-subject = Anmodning om ny vurdering
mistake-operator = Ved spørsmål om dette nettverket og hva det blokkerer:
    .pupil = Hvis du har spørsmål, kan du spørre en lærer eller skrive hit:
mistake-no-operator = Hvis du har spørsmål om dette nettverket og hva det blokkerer, kan du spørre den som gir deg tilgang til det: internettleverandøren, skolen eller arbeidsgiveren din.
    .pupil = Hvis du har spørsmål, kan du spørre en lærer eller den som har ansvar for internettet der du er.
mistake-record = Det listen sier om denne saken, er offentlig:

## For teachers and parents

teachers-heading = Å snakke om falske nakenbilder
teachers-lead = Et vanlig bilde er nok til at KI kan lage et bilde som viser en person naken. Elever gjør dette mot hverandre. De fleste som rammes, er jenter. Et falskt bilde kan gjøre like vondt som et ekte.
teachers-class = I klassen
teachers-class-consent = Spør hva samtykke betyr når det gjelder et bilde: når det blir tatt, når det blir endret, og når det blir sendt videre.
teachers-class-person = Snakk om mennesket som blir vist. Let aldri etter eksempler, og vis aldri noen.
teachers-class-bystander = Bli enige om hva man gjør når et slikt bilde dukker opp: ikke sende det videre, støtte den som blir vist, si fra til en voksen.
teachers-class-whom = Fortell hvem på skolen man kan si fra til, og at det å si fra ikke er å sladre.
teachers-incident = Når det har skjedd
teachers-incident-listen = Lytt, vær rolig, tro på barnet, og si at det ikke er barnets skyld.
teachers-incident-image = Ikke kopier bildet, ikke send det videre, og ikke se på det uten at det er nødvendig. Noter hvor det er, og hvem som fortalte deg om det.
teachers-incident-protect = Bli enig med barnet om hvem som trenger å vite det, og beskytt barnet mot dem som sender bildet videre.
teachers-incident-report = Få bildet fjernet ved hjelp av tjenestene nedenfor, og varsle myndighetene slik loven i landet ditt krever.
teachers-incident-others = De som har laget bildet, er ofte barn selv. De trenger tydelige grenser, og hjelp.

## Whom each kind of help is for

need-danger = Hvis du er i fare nå
    .pupil = Hvis du er i fare akkurat nå
need-danger-call = Ring nødnummeret i landet ditt.
    .pupil = Ring nødnummeret, eller be en voksen om å gjøre det.
need-talk-young = Snakk med noen: barn og unge
need-talk-anyone = Snakk med noen: alle aldre
need-remove-young = Få et bilde fjernet: Personen er under 18 år på bildet
need-remove-adult = Få et bilde fjernet: Personen er 18 år eller eldre på bildet
need-worried = For voksne som er bekymret for det de selv gjør

## In the directory of help services

help-emergency = nødnummer
help-child-helplines = nasjonale hjelpetelefoner for barn
help-not-everywhere = ikke i alle land
help-safer-internet = Sentre for tryggere internett
help-parents-too = også for foreldre og lærere
help-find-helpline = Finn en hjelpetelefon for barn
help-by-country = land for land
help-hotlines = tipstjenester
help-report-anonymously = meld fra anonymt, land for land

## The public record of a case

record-title = Offentlige opplysninger
record-heading = Offentlige opplysninger om en sak
record-in-force = Dette sier listene som gjelder i dette nettverket, om saken:
record-none = Ingen av listene som gjelder i dette nettverket, har en sak med dette nummeret.
record-service = Tjeneste
record-service-withheld = Vises ikke, slik at opplysningene ikke hjelper noen med å finne den.
record-rules = Blokkerte domenenavn

## About the service itself, on its own address

about-title = Om blokkerte tjenester
about-heading = Noen tjenester kan ikke nås fra dette nettverket
about-what = Noen tjenester er ulovlige, eller er blokkert fordi den som driver dette nettverket, har valgt det. Når en enhet i nettverket spør hvor en slik tjeneste er, blir den i stedet sendt til en advarselsside.
about-told-heading = Dette får du vite på advarselssiden
about-told = Hvorfor tjenesten er blokkert, hvem som har bestemt det, etter hvilken lov og med hvilket saksnummer, så langt det står i listen over blokkerte tjenester. På siden står det også hvor du kan få hjelp.
about-kept-heading = Hva som lagres om deg
about-kept = Ingenting. Disse sidene bruker ikke informasjonskapsler og lagrer ikke hvem som har åpnet dem, eller hva vedkommende lette etter.
about-contest-heading = Hvis du er uenig
about-contest = Når en liste oppgir hvem som vurderer avgjørelsene på nytt, står adressen og saksnummeret på advarselssiden.
about-run-by = Dette nettverket drives av { $operator }.

## Pages of one sentence

misdirected = Denne tjenesten er ikke blokkert, eller ikke lenger blokkert
misdirected-sentence = Enheten din ble sendt hit av et eldre svar. Vent et minutt, og last så inn siden på nytt.
missing = Siden finnes ikke
missing-sentence = Her kan du lese hva disse sidene er til for:
unreadable = Forespørselen kunne ikke leses
unreadable-sentence = Det går ikke tydelig fram hvilken tjeneste den gjelder.
read-only = Denne siden kan bare leses
read-only-sentence = Det går ikke an å sende noe til den.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day }. { $month ->
    [1] januar
    [2] februar
    [3] mars
    [4] april
    [5] mai
    [6] juni
    [7] juli
    [8] august
    [9] september
    [10] oktober
    [11] november
   *[12] desember
} { $year }
region-AT = Østerrike
region-BE = Belgia
region-BG = Bulgaria
region-CY = Kypros
region-CZ = Tsjekkia
region-DE = Tyskland
region-DK = Danmark
region-EE = Estland
region-ES = Spania
region-FI = Finland
region-FR = Frankrike
region-GR = Hellas
region-HR = Kroatia
region-HU = Ungarn
region-IE = Irland
region-IT = Italia
region-LT = Litauen
region-LU = Luxemburg
region-LV = Latvia
region-MT = Malta
region-NL = Nederland
region-PL = Polen
region-PT = Portugal
region-RO = Romania
region-SE = Sverige
region-SI = Slovenia
region-SK = Slovakia
region-EU = Den europeiske union
region-GB = Storbritannia
region-NO = Norge
region-IS = Island
region-LI = Liechtenstein
region-CH = Sveits
region-UA = Ukraina
region-TR = Tyrkia
region-RS = Serbia
region-MD = Moldova
region-US = USA
region-CA = Canada
region-AU = Australia
region-NZ = New Zealand
region-KR = Sør-Korea
region-JP = Japan
region-CN = Kina
region-TW = Taiwan
region-HK = Hongkong
region-SG = Singapore
region-IN = India
region-ID = Indonesia
region-MY = Malaysia
region-PH = Filippinene
region-TH = Thailand
region-VN = Vietnam
region-KE = Kenya
region-TZ = Tanzania
region-UG = Uganda
region-RW = Rwanda
region-ZA = Sør-Afrika
region-NG = Nigeria
region-EG = Egypt
region-MA = Marokko
region-TN = Tunisia
region-SA = Saudi-Arabia
region-AE = De forente arabiske emirater
region-BR = Brasil
region-MX = Mexico
region-AR = Argentina
region-CL = Chile
region-CO = Colombia
