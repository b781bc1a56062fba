### Română.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Română
direction = ltr

## What stands around every page

leave = Ieșire rapidă din pagină
leave-note = Istoricul de navigare nu se șterge.
leave-key = Din pagină se poate ieși și apăsând de trei ori tasta Escape (Esc).
languages = Limbi
back = Înapoi la avertizare
private = Această pagină nu folosește cookie-uri. Nu păstrează nicio urmă a vizitei dumneavoastră și nici a ceea ce căutați.
    .pupil = Această pagină nu notează cine ești sau ce căutai.
help-dated = Lista serviciilor de ajutor la data de { $date }.

## The block: what it is, and who decided

block-title = Acces blocat
block-unlawful = Acest serviciu este ilegal aici, iar accesul este blocat
    .pupil = Aici, acest serviciu este interzis prin lege, de aceea este blocat
block-plain = Acest serviciu este blocat în această rețea
    .pupil = Acest serviciu este blocat aici
block-harm = Serviciile de acest fel folosesc inteligența artificială (IA) pentru a crea imagini nud false ale unor persoane reale, care nu au fost niciodată de acord. Este o formă de abuz, iar persoanele din imagini, multe dintre ele fete și femei, pot suferi mult timp.
    .pupil = Serviciile de acest fel folosesc inteligența artificială (IA) ca să facă poze false în care oameni reali apar dezbrăcați. Nimeni nu le-a cerut voie acestor oameni, iar asta îi poate face să sufere foarte mult timp.
block-by-authority = O autoritate a decis că acest serviciu nu trebuie să fie accesibil. Pe această pagină găsiți decizia și modul în care poate fi contestată.
    .pupil = O autoritate oficială a decis asta. Mai jos poți citi care anume și ce poți face dacă ți se pare greșit.
block-by-operator = Acest serviciu se află pe o listă aleasă de operatorul acestei rețele.
    .pupil = Oamenii care se ocupă de această rețea au ales să blocheze acest serviciu.
decision = Decizia
decided-by = Decizie luată de
operator = Operatorul acestei rețele
legal-basis = Temei legal
reference = Număr de dosar
listed = Blocat din data de
expires = Blocat până la data de
list = Listă

## The doors, in the words of the person who takes one

doors = Despre ce este vorba?
door-image = Este vorba despre o imagine cu mine sau cu o persoană pe care o cunosc
    .pupil = Cineva a făcut sau a distribuit o poză cu mine sau cu o persoană pe care o cunosc
door-talk = Am nevoie să vorbesc cu cineva
door-worry = Mă îngrijorează ceea ce fac
    .pupil = Mă îngrijorează ceva ce am făcut sau ce aș putea face
door-mistake = Am ajuns aici din greșeală sau nu sunt de acord
    .pupil = Am ajuns aici din întâmplare sau cred că acest serviciu nu ar trebui să fie blocat
door-teachers = Pentru profesori și părinți

## “It is about an image of me”

image-heading = Nu este vina dumneavoastră și există oameni care vă sunt alături
    .pupil = Nu este vina ta și există oameni care îți sunt alături
image-comfort = Dacă cineva a făcut sau a distribuit o imagine falsă cu dumneavoastră, acea persoană a greșit, nu dumneavoastră. Puteți primi ajutor fără să vi se reproșeze nimic. Același lucru este valabil și pentru persoana pe care o cunoașteți.
    .pupil = Dacă cineva a făcut sau a distribuit o poză falsă cu tine, acea persoană a greșit, nu tu. Există oameni care te ajută și nimeni nu ar trebui să dea vina pe tine. La fel este și pentru persoana pe care o cunoști.
rights-heading = Drepturile dumneavoastră
    .pupil = Drepturile tale
right-law = În multe țări, legea interzice crearea sau distribuirea unei astfel de imagini fără acordul persoanei care apare în ea, chiar dacă imaginea a fost făcută cu IA.
    .pupil = În multe țări, nimeni nu are voie să facă sau să distribuie o astfel de poză, chiar dacă a făcut-o un calculator.
right-removal = Puteți cere site-urilor și aplicațiilor să șteargă imaginea. Există servicii gratuite care vă ajută.
    .pupil = Poți cere ca poza să fie ștearsă. Există servicii care te ajută și nu costă nimic.
right-anonymous = La multe linii de ajutor puteți vorbi fără să vă spuneți numele.
    .pupil = Poți suna sau scrie la o linie de ajutor. De multe ori, nici nu trebuie să spui cum te cheamă.
step-help = Mai întâi: ajutor
step-report = Apoi: ștergerea imaginii
step-report-note = Notați unde se află imaginea și când ați văzut-o și păstrați mesajele despre ea. Dacă persoana din imagine are sub 18 ani, nu salvați și nu trimiteți imaginea în sine.
    .pupil = Notează unde și când ai văzut poza și păstrează mesajele despre ea. Nu salva poza și nu o trimite nimănui, nici măcar ca dovadă.
step-trust = Și: o discuție cu o persoană de încredere
step-trust-note = Un părinte, cineva din familie, o profesoară, un consilier, o prietenă. Nu trebuie să duceți această povară fără ajutor.
    .pupil = Mama sau tata, altcineva din familie, un profesor sau o profesoară, consilierul școlar, un prieten bun sau o prietenă bună. Nu trebuie să treci prin asta fără ajutor.
threat-heading = Dacă vă amenință cineva
    .pupil = Dacă te amenință cineva
threat = Nu plătiți și nu mai trimiteți nimic. Păstrați mesajele: ele arată ce s-a întâmplat. O linie de ajutor vă poate sprijini să hotărâți ce urmează.
    .pupil = Nu plăti și nu mai trimite nicio poză, orice ți s-ar spune. Păstrează mesajele și arată-le unui adult în care ai încredere. Nu-ți fie teamă că vei avea probleme: greșește persoana care te amenință, nu tu.

## “I need to talk to someone”

talk-heading = Cineva vă va asculta
    .pupil = Există oameni gata să te asculte
talk-comfort = Orice v-a adus aici, puteți vorbi despre asta. Nimeni nu vă va face reproșuri.
    .pupil = Orice ar fi, poți vorbi despre asta. Nimeni nu se va supăra pe tine.

## “I am worried about what I do”

worry-heading = Dacă vă îngrijorează ceea ce faceți
    .pupil = Dacă te îngrijorează ceva ce ai făcut sau ce ai putea face
worry-comfort = Dorința de a schimba ceva cere curaj, iar cu ajutor puteți reuși. Există oameni cu care puteți vorbi și care nu vă vor judeca, și nu este nevoie să vă spuneți numele.
    .pupil = E nevoie de curaj ca să te gândești la asta. Când cineva face sau distribuie o astfel de poză, altcineva suferă. Dar te poți opri și poți îndrepta lucrurile, și sunt oameni care te ajută.
worry-stop = Opriți-vă aici. Nu mai faceți și nu mai distribuiți nimic.
    .pupil = Oprește-te aici. Nu mai face și nu mai distribui nicio poză.
worry-repair = Dacă ați distribuit o imagine, cereți-le celor care o au să o șteargă și cereți eliminarea ei de pe internet.
    .pupil = Dacă ai distribuit o poză, spune-i unui adult în care ai încredere, ca să poată fi ștearsă repede.
worry-talk = Vorbiți cu cineva. Oamenii de la aceste servicii aud astfel de lucruri în fiecare zi.
    .pupil = Vorbește cu cineva. Oamenii de la aceste linii de ajutor aud astfel de lucruri în fiecare zi.
worry-young = Dacă aveți sub 18 ani, liniile de ajutor pentru tineri sunt și pentru dumneavoastră.
    .pupil = Liniile de ajutor pentru copii și tineri sunt și pentru tine.

## “I am here by mistake, or I disagree”

mistake-heading = Dacă ați ajuns aici din greșeală sau nu sunteți de acord
    .pupil = Dacă ai ajuns aici din întâmplare sau crezi că acest serviciu nu ar trebui să fie blocat
mistake-leave = Dacă ați ajuns aici din întâmplare, nu trebuie să faceți nimic. Puteți pur și simplu să ieșiți din pagină.
    .pupil = Dacă ai ajuns aici din întâmplare, nu s-a întâmplat nimic rău și nu vei avea probleme. Poți pur și simplu să ieși din pagină.
mistake-appeal = Dacă credeți că acest serviciu nu ar trebui să fie blocat, puteți cere reexaminarea deciziei:
    .pupil = Dacă crezi că acest serviciu nu ar trebui să fie blocat, vorbește cu un adult. Tu sau acel adult puteți cere ca decizia să fie reexaminată:
mistake-reference = Vă rugăm să indicați numărul de dosar:
    .pupil = Scrie acest număr de dosar în mesajul tău:
mistake-subject = Cerere de reexaminare
mistake-operator = Pentru întrebări despre această rețea și despre ce blochează ea:
    .pupil = Dacă ai întrebări, vorbește cu un profesor sau cu o profesoară ori scrie aici:
mistake-no-operator = Pentru întrebări despre această rețea și despre ce blochează ea, adresați-vă celor care v-o pun la dispoziție: furnizorului de internet, școlii, angajatorului.
    .pupil = Dacă ai întrebări, vorbește cu un profesor, cu o profesoară sau cu persoana care se ocupă de internet acolo unde ești.
mistake-record = Ce spune lista despre acest dosar este public:

## For teachers and parents

teachers-heading = Cum vorbim despre imaginile nud false
teachers-lead = O fotografie obișnuită este de ajuns pentru ca IA să creeze o imagine în care o persoană apare dezbrăcată. Unii elevi le fac asta altor elevi. Cele mai multe persoane din aceste imagini sunt fete. O imagine falsă poate răni la fel de mult ca una adevărată.
teachers-class = La clasă
teachers-class-consent = Întrebați ce înseamnă consimțământul pentru o imagine: când este făcută, când este modificată, când este trimisă mai departe.
teachers-class-person = Vorbiți despre persoana din imagine. Nu căutați niciodată exemple și nu arătați niciodată vreunul.
teachers-class-bystander = Stabiliți împreună ce este de făcut când apare o astfel de imagine: nu o trimitem mai departe, suntem alături de persoana din imagine, îi spunem unui adult.
teachers-class-whom = Spuneți cui i se pot adresa elevii în școală și că a cere ajutor nu înseamnă a pârî.
teachers-incident = Când s-a întâmplat deja
teachers-incident-listen = Ascultați, păstrați-vă calmul, credeți ce spune copilul și spuneți-i că nu este vina lui.
teachers-incident-image = Nu copiați imaginea, nu o trimiteți mai departe și nu o priviți fără să fie nevoie. Notați unde se află și cine v-a spus.
teachers-incident-protect = Stabiliți cu copilul cine trebuie să știe și protejați-l de cei care trimit imaginea mai departe.
teachers-incident-report = Cereți ștergerea imaginii cu ajutorul serviciilor de mai jos și informați autoritățile așa cum cere legea.
teachers-incident-others = Cei care au făcut imaginea sunt adesea tot copii. Au nevoie de limite clare și de ajutor.

## Whom each kind of help is for

need-danger = Dacă sunteți în pericol acum
    .pupil = Dacă ești în pericol chiar acum
need-danger-call = Apelați serviciile de urgență din țara dumneavoastră.
    .pupil = Sună la numărul de urgență sau roagă un adult să sune.
need-talk-young = Pentru a vorbi cu cineva: copii și tineri
need-talk-anyone = Pentru a vorbi cu cineva: orice vârstă
need-remove-young = Pentru ștergerea unei imagini: sub 18 ani în imagine
need-remove-adult = Pentru ștergerea unei imagini: cel puțin 18 ani în imagine
need-worried = Pentru adulții îngrijorați de propriul comportament

## In the directory of help services

help-emergency = servicii de urgență
help-child-helplines = linii naționale de ajutor pentru copii
help-not-everywhere = nu în toate țările
help-safer-internet = Centre pentru un internet mai sigur
help-parents-too = și pentru părinți și profesori
help-find-helpline = Linii de ajutor pentru copii
help-by-country = pe țări
help-hotlines = linii de raportare
help-report-anonymously = raportare anonimă, pe țări

## The public record of a case

record-title = Fișă publică
record-heading = Fișa publică a unui dosar
record-in-force = Ce spun despre acest dosar listele în vigoare pentru această rețea:
record-none = Nicio listă în vigoare pentru această rețea nu conține un dosar cu acest număr.
record-service = Serviciu
record-service-withheld = Nu este afișat, pentru ca această fișă să nu ajute pe nimeni să îl găsească.
record-rules = Nume de domeniu blocate

## About the service itself, on its own address

about-title = Despre serviciile blocate
about-heading = Unele servicii nu sunt accesibile din această rețea
about-what = Unele servicii sunt ilegale sau sunt blocate la alegerea celor care administrează această rețea. Când un dispozitiv din această rețea întreabă unde se află un astfel de serviciu, este trimis la o pagină de avertizare.
about-told-heading = Ce spune pagina de avertizare
about-told = De ce este blocat serviciul, cine a decis, în temeiul cărei legi și cu ce număr de dosar, în măsura în care lista serviciilor blocate precizează acest lucru. Pagina spune și unde se găsește ajutor.
about-kept-heading = Ce se păstrează despre vizite
about-kept = Nimic. Aceste pagini nu folosesc cookie-uri și nu păstrează nicio urmă despre cine le-a deschis sau despre ce căuta.
about-contest-heading = În caz de dezacord
about-contest = Când o listă precizează cine îi reexaminează deciziile, pagina de avertizare dă adresa și numărul de dosar.
about-run-by = Această rețea este administrată de { $operator }.

## Pages of one sentence

misdirected = Acest serviciu nu este blocat sau nu mai este
misdirected-sentence = Acest dispozitiv a fost trimis aici de un răspuns mai vechi. După un minut, pagina poate fi reîncărcată.
missing = Această pagină nu există
missing-sentence = Aceste pagini sunt explicate aici:
unreadable = Această cerere nu a putut fi citită
unreadable-sentence = Nu arată clar la ce serviciu se referă.
read-only = Această pagină poate fi doar citită
read-only-sentence = Nu i se poate trimite nimic.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day } { $month ->
    [1] ianuarie
    [2] februarie
    [3] martie
    [4] aprilie
    [5] mai
    [6] iunie
    [7] iulie
    [8] august
    [9] septembrie
    [10] octombrie
    [11] noiembrie
   *[12] decembrie
} { $year }
region-AT = Austria
region-BE = Belgia
region-BG = Bulgaria
region-CY = Cipru
region-CZ = Cehia
region-DE = Germania
region-DK = Danemarca
region-EE = Estonia
region-ES = Spania
region-FI = Finlanda
region-FR = Franța
region-GR = Grecia
region-HR = Croația
region-HU = Ungaria
region-IE = Irlanda
region-IT = Italia
region-LT = Lituania
region-LU = Luxemburg
region-LV = Letonia
region-MT = Malta
region-NL = Țările de Jos
region-PL = Polonia
region-PT = Portugalia
region-RO = România
region-SE = Suedia
region-SI = Slovenia
region-SK = Slovacia
region-EU = Uniunea Europeană
region-GB = Regatul Unit
region-NO = Norvegia
region-IS = Islanda
region-LI = Liechtenstein
region-CH = Elveția
region-UA = Ucraina
region-TR = Turcia
region-RS = Serbia
region-MD = Republica Moldova
region-US = Statele Unite ale Americii
region-CA = Canada
region-AU = Australia
region-NZ = Noua Zeelandă
region-KR = Coreea de Sud
region-JP = Japonia
region-CN = China
region-TW = Taiwan
region-HK = Hong Kong
region-SG = Singapore
region-IN = India
region-ID = Indonezia
region-MY = Malaysia
region-PH = Filipine
region-TH = Thailanda
region-VN = Vietnam
region-KE = Kenya
region-TZ = Tanzania
region-UG = Uganda
region-RW = Rwanda
region-ZA = Africa de Sud
region-NG = Nigeria
region-EG = Egipt
region-MA = Maroc
region-TN = Tunisia
region-SA = Arabia Saudită
region-AE = Emiratele Arabe Unite
region-BR = Brazilia
region-MX = Mexic
region-AR = Argentina
region-CL = Chile
region-CO = Columbia
