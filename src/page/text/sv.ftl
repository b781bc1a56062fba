### Svenska.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Svenska
direction = ltr

## What stands around every page

leave = Lämna sidan nu
leave-note = Det rensar inte din webbhistorik.
leave-key = Du kan också lämna sidan genom att trycka tre gånger på Esc-tangenten.
languages = Språk
back = Tillbaka till meddelandet
private = Den här sidan använder inga kakor (cookies). Den sparar ingenting om ditt besök eller om vad du letade efter.
    .pupil = Den här sidan sparar inte vem du är eller vad du letade efter.
help-dated = Lista över hjälp och stöd per den { $date }.

## The block: what it is, and who decided

block-title = Åtkomst blockerad
block-unlawful = Denna tjänst är olaglig här, och åtkomsten till den är blockerad
    .pupil = Tjänsten är olaglig här, så den är blockerad
block-plain = Den här tjänsten är blockerad i det här nätverket
    .pupil = Tjänsten är blockerad här
block-harm = Sådana här tjänster använder AI för att göra falska nakenbilder av verkliga människor som aldrig har gått med på det. Det är en form av övergrepp, och de som visas på bilderna, många av dem flickor och kvinnor, kan må dåligt av det länge.
    .pupil = Sådana här tjänster använder AI för att göra falska nakenbilder av riktiga människor. Ingen har frågat dem, och de kan må dåligt av det väldigt länge.
block-by-authority = En myndighet har beslutat att tjänsten inte ska gå att nå. På den här sidan kan du läsa om beslutet och om hur du kan begära att det omprövas.
    .pupil = Det har en myndighet bestämt. Längre ner kan du läsa vilken myndighet det var och vad du kan göra om du tycker att det är fel.
block-by-operator = Tjänsten finns på en lista som har valts av den som driver det här nätverket.
    .pupil = De som sköter det här nätverket har valt att blockera tjänsten.
decision = Beslutet
decided-by = Beslutat av
operator = Den som driver det här nätverket
legal-basis = Lagstöd
reference = Ärendenummer
listed = Blockerad sedan
expires = Blockerad till
list = Lista

## The doors, in the words of the person who takes one

doors = Varför är du här?
door-image = Det gäller en bild på mig eller på någon jag känner
    .pupil = Någon har gjort eller delat en bild på mig eller på någon jag känner
door-talk = Jag behöver prata med någon
door-worry = Jag är orolig över det jag gör
    .pupil = Jag är orolig över något jag har gjort eller kanske kommer att göra
door-mistake = Jag är här av misstag, eller så håller jag inte med
    .pupil = Jag råkade hamna här, eller så tycker jag att det är fel
door-teachers = För lärare och föräldrar

## “It is about an image of me”

image-heading = Du är inte ensam, och det är inte ditt fel
    .pupil = Du är inte ensam, och det är inte ditt fel
image-comfort = Om någon har gjort eller delat en falsk bild på dig är det den personen som har gjort fel. Inte du. Du kan få hjälp utan att någon lägger skulden på dig. Detsamma gäller för den du känner.
    .pupil = Om någon har gjort eller delat en fejkad bild på dig är det den personen som har gjort fel. Inte du. Det finns människor som hjälper dig, och ingen ska skylla på dig. Samma sak gäller för den du känner.
rights-heading = Dina rättigheter
    .pupil = Dina rättigheter
right-law = I många länder är det olagligt att göra eller sprida en sådan bild på någon som inte har gått med på det, även om den är gjord med AI.
    .pupil = I många länder får ingen göra eller sprida en sådan bild, inte ens om det är en dator som har gjort den.
right-removal = Du kan be webbplatser och appar att ta bort bilden. Det finns tjänster som hjälper dig med det gratis.
    .pupil = Du kan be om att bilden tas bort. Det finns de som hjälper dig med det, och det kostar ingenting.
right-anonymous = Hos många stödlinjer får du prata med någon utan att säga vad du heter.
    .pupil = Du kan ringa eller skriva till en stödlinje. Ofta behöver du inte ens säga vad du heter.
step-help = Först: få hjälp
step-report = Sedan: få bilden borttagen
step-report-note = Skriv upp var bilden finns och när du såg den, och spara meddelanden om den. Om personen på bilden är under 18 år ska du inte spara eller skicka själva bilden.
    .pupil = Skriv upp var och när du såg bilden, och spara meddelandena om den. Spara inte själva bilden och skicka den inte till någon, inte ens som bevis.
step-trust = Och: berätta för någon du litar på
step-trust-note = En förälder, någon annan i familjen, en lärare eller kurator, en vän. Du behöver inte bära det här ensam.
    .pupil = Mamma eller pappa, någon annan i familjen, en lärare, skolsköterskan, en bra kompis. Du behöver inte klara det här ensam.
threat-heading = Om någon hotar dig
    .pupil = Om någon hotar dig
threat = Betala inte, och skicka ingenting mer. Spara meddelandena: de visar vad som har hänt. En stödlinje kan hjälpa dig att bestämma vad du ska göra sedan.
    .pupil = Betala inte, och skicka inga fler bilder, vad de än säger. Spara meddelandena och visa dem för en vuxen du litar på. Du behöver inte vara rädd för att få skäll.

## “I need to talk to someone”

talk-heading = Det finns någon som lyssnar på dig
    .pupil = Det finns någon som lyssnar på dig
talk-comfort = Vad det än är som har fört dig hit kan du prata om det. Ingen kommer att lägga skulden på dig.
    .pupil = Vad det än är kan du prata om det. Ingen blir arg på dig.

## “I am worried about what I do”

worry-heading = Om du är orolig över det du gör
    .pupil = Om du är orolig över något du har gjort eller kanske kommer att göra
worry-comfort = Det är modigt att vilja förändra något, och du kan få hjälp med det. Det finns människor att prata med som inte dömer dig, och du behöver inte säga vad du heter.
    .pupil = Det är modigt att tänka efter. Att göra eller sprida en sådan bild gör någon annan illa. Men du kan sluta och ställa det till rätta, och det finns människor som hjälper dig med det.
worry-stop = Stanna upp här. Gör inga fler bilder och sprid ingenting mer.
    .pupil = Stanna upp här. Gör inga fler bilder, och dela inga fler.
worry-repair = Om du har delat en bild, be alla som har den att radera den, och se till att den tas bort från nätet.
    .pupil = Om du har delat en bild, berätta för en vuxen du litar på, så att den snabbt kan tas bort.
worry-talk = Prata med någon. De som jobbar på de här ställena hör sådant varje dag.
    .pupil = Prata med någon. De som svarar på stödlinjerna hör sådant varje dag.
worry-young = Om du är under 18 år finns stödlinjerna för unga till för dig också.
    .pupil = Stödlinjerna för barn och unga finns till för dig också.

## “I am here by mistake, or I disagree”

mistake-heading = Om du är här av misstag eller inte håller med
    .pupil = Om du råkade hamna här eller tycker att det är fel
mistake-leave = Om du hamnade här av misstag behöver du inte göra någonting. Det är bara att lämna sidan.
    .pupil = Om du råkade hamna här har inget farligt hänt, och du får inte skäll. Det är bara att lämna sidan.
mistake-appeal = Om du tycker att tjänsten inte borde vara blockerad kan du begära att beslutet omprövas:
    .pupil = Om du tycker att tjänsten inte borde vara blockerad, prata med en vuxen om det. Du eller den vuxna kan be om att beslutet prövas på nytt:
mistake-reference = Ange ärendenumret:
    .pupil = Skriv det här ärendenumret i ditt meddelande:
mistake-subject = Begäran om omprövning
mistake-operator = För frågor om det här nätverket och vad det blockerar:
    .pupil = Om du har frågor kan du fråga en lärare eller skriva hit:
mistake-no-operator = Om du har frågor om det här nätverket och vad det blockerar kan du vända dig till den som ger dig tillgång till det: din internetleverantör, din skola eller din arbetsgivare.
    .pupil = Om du har frågor kan du fråga en lärare, eller den som sköter internet där du är.
mistake-record = Det som listan säger om ärendet är offentligt:

## For teachers and parents

teachers-heading = Att prata om falska nakenbilder
teachers-lead = Det räcker med ett vanligt foto för att AI ska kunna göra en bild som visar någon naken. Elever gör så mot varandra. De flesta som drabbas är flickor. En falsk bild kan göra lika ont som en äkta.
teachers-class = I klassrummet
teachers-class-consent = Fråga vad samtycke betyder när det gäller en bild: när den tas, när den ändras och när den sprids vidare.
teachers-class-person = Prata om människan som visas. Leta aldrig efter exempel, och visa aldrig några.
teachers-class-bystander = Kom överens om vad man gör när en sådan bild dyker upp: inte sprida den, stötta den som visas, berätta för en vuxen.
teachers-class-whom = Berätta vem på skolan man kan vända sig till, och att det inte är skvaller att berätta.
teachers-incident = När det har hänt
teachers-incident-listen = Lyssna, behåll lugnet, tro på barnet och säg att det inte är barnets fel.
teachers-incident-image = Kopiera inte bilden, sprid den inte och titta inte på den i onödan. Anteckna var den finns och vem som berättade för dig.
teachers-incident-protect = Kom överens med barnet om vilka som behöver få veta, och skydda barnet från dem som sprider bilden.
teachers-incident-report = Få bilden borttagen med hjälp av tjänsterna nedan, och underrätta myndigheterna så som lagen i ditt land kräver.
teachers-incident-others = De som har gjort bilden är ofta själva barn. De behöver tydliga gränser, och hjälp.

## Whom each kind of help is for

need-danger = Om du är i fara just nu
    .pupil = Om du är i fara just nu
need-danger-call = Ring nödnumret i ditt land.
    .pupil = Ring nödnumret, eller be en vuxen göra det.
need-talk-young = Prata med någon: barn och unga
need-talk-anyone = Prata med någon: alla åldrar
need-remove-young = Få en bild borttagen: personen är under 18 år på bilden
need-remove-adult = Få en bild borttagen: personen är 18 år eller äldre på bilden
need-worried = För vuxna som är oroliga över det de själva gör

## In the directory of help services

help-emergency = nödnummer
help-child-helplines = nationella stödlinjer för barn
help-not-everywhere = inte i alla länder
help-safer-internet = Centrum för säkrare internet
help-parents-too = även för föräldrar och lärare
help-find-helpline = Hitta en stödlinje för barn
help-by-country = land för land
help-hotlines = anmälningstjänster
help-report-anonymously = anmäl anonymt, land för land

## The public record of a case

record-title = Offentliga uppgifter
record-heading = Offentliga uppgifter om ett ärende
record-in-force = Det här säger listorna som gäller i det här nätverket om ärendet:
record-none = Ingen av listorna som gäller i det här nätverket har ett ärende med det numret.
record-service = Tjänst
record-service-withheld = Visas inte, så att uppgifterna inte hjälper någon att hitta den.
record-rules = Blockerade domännamn

## About the service itself, on its own address

about-title = Om blockerade tjänster
about-heading = Vissa tjänster går inte att nå från det här nätverket
about-what = Vissa tjänster är olagliga, eller är blockerade för att den som driver nätverket har valt det. När en enhet i nätverket frågar var en sådan tjänst finns skickas den i stället till en varningssida.
about-told-heading = Det här får du veta på varningssidan
about-told = Varför tjänsten är blockerad, vem som har beslutat det, enligt vilken lag och vilket ärendenummer det gäller, i den mån det står i listan över blockerade tjänster. På sidan står det också var du kan få hjälp.
about-kept-heading = Vad som sparas om dig
about-kept = Ingenting. De här sidorna använder inga kakor (cookies) och sparar inte vem som har öppnat dem eller vad den personen letade efter.
about-contest-heading = Om du inte håller med
about-contest = Om en lista anger vem som omprövar besluten står adressen och ärendenumret på varningssidan.
about-run-by = Det här nätverket drivs av { $operator }.

## Pages of one sentence

misdirected = Den här tjänsten är inte blockerad, eller inte längre blockerad
misdirected-sentence = Din enhet skickades hit av ett äldre svar. Vänta en minut och ladda sedan om sidan.
missing = Sidan finns inte
missing-sentence = Här kan du läsa vad de här sidorna är till för:
unreadable = Begäran kunde inte läsas
unreadable-sentence = Det framgår inte tydligt vilken tjänst den gäller.
read-only = Den här sidan går bara att läsa
read-only-sentence = Det går inte att skicka något till den.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day } { $month ->
    [1] januari
    [2] februari
    [3] mars
    [4] april
    [5] maj
    [6] juni
    [7] juli
    [8] augusti
    [9] september
    [10] oktober
    [11] november
   *[12] december
} { $year }
region-AT = Österrike
region-BE = Belgien
region-BG = Bulgarien
region-CY = Cypern
region-CZ = Tjeckien
region-DE = Tyskland
region-DK = Danmark
region-EE = Estland
region-ES = Spanien
region-FI = Finland
region-FR = Frankrike
region-GR = Grekland
region-HR = Kroatien
region-HU = Ungern
region-IE = Irland
region-IT = Italien
region-LT = Litauen
region-LU = Luxemburg
region-LV = Lettland
region-MT = Malta
region-NL = Nederländerna
region-PL = Polen
region-PT = Portugal
region-RO = Rumänien
region-SE = Sverige
region-SI = Slovenien
region-SK = Slovakien
region-EU = Europeiska unionen
region-GB = Storbritannien
region-NO = Norge
region-IS = Island
region-LI = Liechtenstein
region-CH = Schweiz
region-UA = Ukraina
region-TR = Turkiet
region-RS = Serbien
region-MD = Moldavien
region-US = USA
region-CA = Kanada
region-AU = Australien
region-NZ = Nya Zeeland
region-KR = Sydkorea
region-JP = Japan
region-CN = Kina
region-TW = Taiwan
region-HK = Hongkong
region-SG = Singapore
region-IN = Indien
region-ID = Indonesien
region-MY = Malaysia
region-PH = Filippinerna
region-TH = Thailand
region-VN = Vietnam
region-KE = Kenya
region-TZ = Tanzania
region-UG = Uganda
region-RW = Rwanda
region-ZA = Sydafrika
region-NG = Nigeria
region-EG = Egypten
region-MA = Marocko
region-TN = Tunisien
region-SA = Saudiarabien
region-AE = Förenade Arabemiraten
region-BR = Brasilien
region-MX = Mexiko
region-AR = Argentina
region-CL = Chile
region-CO = Colombia
