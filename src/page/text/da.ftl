### Dansk.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Dansk
direction = ltr

## What stands around every page

leave = Forlad siden nu
leave-note = Det sletter ikke din browserhistorik.
leave-key = Du kan også forlade siden ved at trykke tre gange på Esc-tasten.
languages = Sprog
back = Tilbage til meddelelsen
private = Denne side bruger ingen cookies. Den gemmer ikke noget om dit besøg eller om, hvad du ledte efter.
    .pupil = Siden her gemmer ikke, hvem du er, eller hvad du ledte efter.
help-dated = Liste over hjælpetilbud pr. { $date }.

## The block: what it is, and who decided

block-title = Adgang blokeret
block-unlawful = Denne tjeneste er ulovlig her, og adgangen til den er blokeret
    .pupil = Denne tjeneste er ulovlig her, så den er blokeret
block-plain = Denne tjeneste er blokeret på dette netværk
    .pupil = Denne tjeneste er blokeret her
block-harm = Tjenester som denne bruger AI til at lave falske nøgenbilleder af virkelige mennesker, som aldrig har sagt ja til det. Det er en form for overgreb, og de mennesker, det går ud over – mange af dem piger og kvinder – kan have det svært i lang tid.
    .pupil = Tjenester som denne bruger AI til at lave falske nøgenbilleder af rigtige mennesker. Ingen har spurgt dem om lov, og det kan gøre ondt på dem i meget lang tid.
block-by-authority = En myndighed har besluttet, at der ikke må være adgang til tjenesten. På denne side kan du læse om afgørelsen og om, hvordan du kan klage over den.
    .pupil = Det har en offentlig myndighed besluttet. Længere nede kan du læse, hvem det var, og hvad du kan gøre, hvis du synes, det er forkert.
block-by-operator = Tjenesten står på en liste, som er valgt af den, der driver dette netværk.
    .pupil = De mennesker, der står for netværket her, har valgt at blokere tjenesten.
decision = Afgørelsen
decided-by = Truffet af
operator = Den, der driver dette netværk
legal-basis = Lovgrundlag
reference = Sagsnummer
listed = Blokeret siden
expires = Blokeret indtil
list = Liste

## The doors, in the words of the person who takes one

doors = Hvorfor er du her?
door-image = Det handler om et billede af mig eller af en, jeg kender
    .pupil = Nogen har lavet eller delt et billede af mig eller af en, jeg kender
door-talk = Jeg har brug for at tale med nogen
door-worry = Jeg er bekymret over det, jeg gør
    .pupil = Jeg er bekymret over noget, jeg har gjort eller måske kommer til at gøre
door-mistake = Jeg er her ved en fejl, eller jeg er uenig
    .pupil = Jeg kom herind ved et uheld, eller jeg synes, det her er forkert
door-teachers = Til lærere og forældre

## “It is about an image of me”

image-heading = Du er ikke alene, og det er ikke din skyld
    .pupil = Du er ikke alene, og det er ikke din skyld
image-comfort = Hvis nogen har lavet eller delt et falsk billede af dig, er det dem, der har gjort noget forkert. Ikke dig. Du kan få hjælp, uden at nogen bebrejder dig noget. Det samme gælder for den, du kender.
    .pupil = Hvis nogen har lavet eller delt et falsk billede af dig, er det dem, der har gjort noget forkert. Ikke dig. Der er nogen, der kan hjælpe dig, og ingen må give dig skylden. Det samme gælder for den, du kender.
rights-heading = Dine rettigheder
    .pupil = Dine rettigheder
right-law = I mange lande er det ulovligt at lave eller dele sådan et billede af en person, der ikke har sagt ja til det, også selv om det er lavet med AI.
    .pupil = I mange lande må man ikke lave eller dele sådan et billede, heller ikke hvis det er en computer, der har lavet det.
right-removal = Du kan bede hjemmesider og apps om at fjerne billedet. Der er gratis tjenester, som hjælper dig med det.
    .pupil = Du kan bede om at få billedet fjernet. Der er nogen, der kan hjælpe dig med det, og det koster ikke noget.
right-anonymous = Hos mange rådgivningslinjer kan du tale med nogen uden at sige, hvad du hedder.
    .pupil = Du kan ringe eller skrive til en rådgivningslinje for børn. Tit behøver du ikke engang at sige, hvad du hedder.
step-help = Først: Få hjælp
step-report = Så: Få billedet fjernet
step-report-note = Skriv ned, hvor billedet er, og hvornår du så det, og gem beskeder om det. Hvis personen på billedet er under 18 år, så lad være med at gemme eller sende selve billedet.
    .pupil = Skriv ned, hvor og hvornår du så billedet, og gem beskederne om det. Lad være med at gemme selve billedet, og send det ikke til nogen, heller ikke som bevis.
step-trust = Og: Fortæl det til en, du stoler på
step-trust-note = En forælder, en anden i familien, en lærer eller rådgiver, en ven. Du behøver ikke at bære det alene.
    .pupil = Din mor eller far, en anden i familien, en lærer, sundhedsplejersken på skolen, en god ven. Du behøver ikke at klare det alene.
threat-heading = Hvis nogen truer dig
    .pupil = Hvis nogen truer dig
threat = Lad være med at betale, og send ikke mere. Gem beskederne: De viser, hvad der er sket. En rådgivningslinje kan hjælpe dig med at finde ud af, hvad du skal gøre nu.
    .pupil = Lad være med at betale, og send ikke flere billeder, uanset hvad de siger. Gem beskederne, og vis dem til en voksen, du stoler på. Du skal ikke være bange for at få skældud.

## “I need to talk to someone”

talk-heading = Der er nogen, der vil lytte til dig
    .pupil = Der er nogen, der lytter til dig
talk-comfort = Uanset hvorfor du er her, kan du tale om det. Ingen vil bebrejde dig noget.
    .pupil = Uanset hvad det er, kan du tale om det. Ingen bliver vred på dig.

## “I am worried about what I do”

worry-heading = Hvis du er bekymret over det, du gør
    .pupil = Hvis du er bekymret over noget, du har gjort eller måske kommer til at gøre
worry-comfort = Det kræver mod at ville ændre noget, og du kan få hjælp til det. Der er nogen at tale med, som ikke dømmer dig, og du behøver ikke at sige, hvad du hedder.
    .pupil = Det er modigt at tænke over det. Når man laver eller deler sådan et billede, gør det ondt på en anden. Men du kan stoppe og gøre det godt igen, og der er nogen, der kan hjælpe dig med det.
worry-stop = Stop her. Lad være med at lave eller dele mere.
    .pupil = Stop her. Lad være med at lave eller dele flere billeder.
worry-repair = Hvis du har delt et billede, så bed dem, der har det, om at slette det, og få det fjernet fra nettet.
    .pupil = Hvis du har delt et billede, så fortæl det til en voksen, du stoler på, så det hurtigt kan blive fjernet.
worry-talk = Tal med nogen. De mennesker, du kan tale med her, hører om den slags hver dag.
    .pupil = Tal med nogen. De mennesker, du taler med på rådgivningslinjerne, hører om den slags hver dag.
worry-young = Hvis du er under 18 år, er rådgivningslinjerne for unge også til for dig.
    .pupil = Rådgivningslinjerne for børn og unge er også til for dig.

## “I am here by mistake, or I disagree”

mistake-heading = Hvis du er her ved en fejl eller er uenig
    .pupil = Hvis du kom herind ved et uheld eller synes, det her er forkert
mistake-leave = Hvis du er havnet her ved et uheld, behøver du ikke at gøre noget. Du kan bare forlade siden.
    .pupil = Hvis du kom herind ved et uheld, er der ikke sket noget slemt, og du får ikke skældud. Du kan bare forlade siden.
mistake-appeal = Hvis du mener, at tjenesten ikke burde være blokeret, kan du bede om at få afgørelsen vurderet igen:
    .pupil = Hvis du synes, at tjenesten ikke burde være blokeret, så tal med en voksen om det. Du eller den voksne kan bede om at få afgørelsen vurderet igen:
mistake-reference = Oplys venligst sagsnummeret:
    .pupil = Skriv dette sagsnummer i din besked:
mistake-subject = Anmodning om ny vurdering
mistake-operator = Ved spørgsmål om dette netværk og det, der er blokeret på det:
    .pupil = Hvis du har spørgsmål, så spørg en lærer, eller skriv hertil:
mistake-no-operator = Hvis du har spørgsmål om dette netværk og det, der er blokeret på det, så spørg den, du får adgangen fra: din internetudbyder, din skole eller din arbejdsgiver.
    .pupil = Hvis du har spørgsmål, så spørg en lærer eller den, der står for internettet der, hvor du er.
mistake-record = Det, listen siger om denne sag, er offentligt:

## For teachers and parents

teachers-heading = At tale om falske nøgenbilleder
teachers-lead = Et almindeligt foto er nok til, at AI kan lave et billede, der viser en person nøgen. Elever gør det mod hinanden. De fleste, det går ud over, er piger. Et falsk billede kan gøre lige så ondt som et ægte.
teachers-class = I klassen
teachers-class-consent = Spørg, hvad samtykke betyder, når det gælder et billede: når det bliver taget, når det bliver ændret, og når det bliver sendt videre.
teachers-class-person = Tal om det menneske, der bliver vist. Led aldrig efter eksempler, og vis aldrig nogen.
teachers-class-bystander = Aftal, hvad man gør, når sådan et billede dukker op: Send det ikke videre, støt den, der bliver vist, og sig det til en voksen.
teachers-class-whom = Fortæl, hvem på skolen man kan gå til, og at det ikke er sladder at fortælle det.
teachers-incident = Når det er sket
teachers-incident-listen = Lyt, bevar roen, tro på barnet, og sig, at det ikke er barnets skyld.
teachers-incident-image = Lad være med at kopiere billedet eller sende det videre, og se ikke på det uden grund. Notér, hvor det er, og hvem der fortalte dig om det.
teachers-incident-protect = Aftal med barnet, hvem der har brug for at vide det, og beskyt barnet mod dem, der sender billedet videre.
teachers-incident-report = Få billedet fjernet ved hjælp af tjenesterne herunder, og underret myndighederne, sådan som loven i dit land kræver det.
teachers-incident-others = De, der har lavet billedet, er ofte selv børn. De har brug for klare grænser og for hjælp.

## Whom each kind of help is for

need-danger = Hvis du er i fare nu
    .pupil = Hvis du er i fare lige nu
need-danger-call = Ring til alarmcentralen i dit land.
    .pupil = Ring til alarmcentralen, eller bed en voksen om at gøre det.
need-talk-young = Tal med nogen: børn og unge
need-talk-anyone = Tal med nogen: alle aldre
need-remove-young = Få et billede fjernet: Personen er under 18 år på billedet
need-remove-adult = Få et billede fjernet: Personen er 18 år eller derover på billedet
need-worried = Til voksne, der er bekymrede over det, de selv gør

## In the directory of help services

help-emergency = alarmcentral
help-child-helplines = nationale rådgivningslinjer for børn
help-not-everywhere = ikke i alle lande
help-safer-internet = Centre for sikrere internet
help-parents-too = også for forældre og lærere
help-find-helpline = Find en rådgivningslinje for børn
help-by-country = land for land
help-hotlines = hotlines til anmeldelse
help-report-anonymously = anmeld det anonymt, land for land

## The public record of a case

record-title = Offentlige oplysninger
record-heading = Offentlige oplysninger om en sag
record-in-force = Det siger de lister, der gælder på dette netværk, om denne sag:
record-none = Ingen af de lister, der gælder på dette netværk, har en sag med dette nummer.
record-service = Tjeneste
record-service-withheld = Vises ikke, så disse oplysninger ikke hjælper nogen med at finde den.
record-rules = Blokerede domænenavne

## About the service itself, on its own address

about-title = Om blokerede tjenester
about-heading = Nogle tjenester kan ikke nås fra dette netværk
about-what = Nogle tjenester er ulovlige eller er blokeret, fordi den, der driver dette netværk, har valgt det. Når en enhed på netværket spørger, hvor sådan en tjeneste er, bliver den i stedet sendt til en advarselsside.
about-told-heading = Det kan du læse på advarselssiden
about-told = Hvorfor tjenesten er blokeret, hvem der har besluttet det, efter hvilken lov, og hvad sagsnummeret er, så vidt det står på listen over blokerede tjenester. Der står også, hvor du kan få hjælp.
about-kept-heading = Hvad der bliver gemt om dig
about-kept = Ingenting. Disse sider bruger ingen cookies og gemmer ikke, hvem der har åbnet dem, eller hvad vedkommende ledte efter.
about-contest-heading = Hvis du er uenig
about-contest = Når det står på en liste, hvem der kan vurdere dens afgørelser igen, kan du finde adressen og sagsnummeret på advarselssiden.
about-run-by = Dette netværk drives af { $operator }.

## Pages of one sentence

misdirected = Denne tjeneste er ikke blokeret, eller den er det ikke længere
misdirected-sentence = Din enhed blev sendt hertil på grund af et ældre svar. Vent et minut, og genindlæs så siden.
missing = Siden findes ikke
missing-sentence = Her kan du læse, hvad disse sider er til for:
unreadable = Denne forespørgsel kunne ikke læses
unreadable-sentence = Det fremgår ikke klart, hvilken tjeneste den gælder.
read-only = Denne side kan kun læses
read-only-sentence = Der kan ikke sendes noget til den.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day }. { $month ->
    [1] januar
    [2] februar
    [3] marts
    [4] april
    [5] maj
    [6] juni
    [7] juli
    [8] august
    [9] september
    [10] oktober
    [11] november
   *[12] december
} { $year }
region-AT = Østrig
region-BE = Belgien
region-BG = Bulgarien
region-CY = Cypern
region-CZ = Tjekkiet
region-DE = Tyskland
region-DK = Danmark
region-EE = Estland
region-ES = Spanien
region-FI = Finland
region-FR = Frankrig
region-GR = Grækenland
region-HR = Kroatien
region-HU = Ungarn
region-IE = Irland
region-IT = Italien
region-LT = Litauen
region-LU = Luxembourg
region-LV = Letland
region-MT = Malta
region-NL = Nederlandene
region-PL = Polen
region-PT = Portugal
region-RO = Rumænien
region-SE = Sverige
region-SI = Slovenien
region-SK = Slovakiet
region-EU = Den Europæiske Union
region-GB = Storbritannien
region-NO = Norge
region-IS = Island
region-LI = Liechtenstein
region-CH = Schweiz
region-UA = Ukraine
region-TR = Tyrkiet
region-RS = Serbien
region-MD = Moldova
region-US = USA
region-CA = Canada
region-AU = Australien
region-NZ = New Zealand
region-KR = Sydkorea
region-JP = Japan
region-CN = Kina
region-TW = Taiwan
region-HK = Hongkong
region-SG = Singapore
region-IN = Indien
region-ID = Indonesien
region-MY = Malaysia
region-PH = Filippinerne
region-TH = Thailand
region-VN = Vietnam
region-KE = Kenya
region-TZ = Tanzania
region-UG = Uganda
region-RW = Rwanda
region-ZA = Sydafrika
region-NG = Nigeria
region-EG = Egypten
region-MA = Marokko
region-TN = Tunesien
region-SA = Saudi-Arabien
region-AE = De Forenede Arabiske Emirater
region-BR = Brasilien
region-MX = Mexico
region-AR = Argentina
region-CL = Chile
region-CO = Colombia
