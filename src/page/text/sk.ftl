### Slovenčina.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Slovenčina
direction = ltr

## What stands around every page

leave = Rýchlo opustiť stránku
leave-note = História prehliadania sa tým nevymaže.
leave-key = Stránku možno opustiť aj trojitým stlačením klávesu Escape (Esc).
languages = Jazyky
back = Späť na oznámenie
private = Táto stránka neukladá žiadne súbory cookie. Nezaznamenáva vašu návštevu ani to, čo ste hľadali.
    .pupil = Táto stránka si nezapisuje, kto si ani čo hľadáš.
help-dated = Zoznam služieb, ktoré pomáhajú, ku dňu { $date }.

## The block: what it is, and who decided

block-title = Prístup zablokovaný
block-unlawful = Táto služba je tu nezákonná a prístup k nej je zablokovaný
    .pupil = Táto služba je tu proti zákonu, preto je zablokovaná
block-plain = Táto služba je v tejto sieti zablokovaná
    .pupil = Táto služba je tu zablokovaná
block-harm = Takéto služby vytvárajú pomocou umelej inteligencie (AI) falošné nahé snímky skutočných ľudí, ktorí s tým nikdy nesúhlasili. Je to forma násilia. Ľudia na snímkach, medzi nimi veľa dievčat a žien, tým môžu dlho trpieť.
    .pupil = Takéto služby používajú umelú inteligenciu (AI) na to, aby vyrábali falošné nahé fotky skutočných ľudí. Nikto sa tých ľudí neopýtal, či s tým súhlasia, a takéto fotky im môžu veľmi dlho ubližovať.
block-by-authority = O tom, že služba nemá byť dostupná, rozhodol príslušný úrad. Na tejto stránke nájdete údaje o rozhodnutí aj to, ako sa proti nemu dá brániť.
    .pupil = Rozhodol o tom úrad. Nižšie si môžeš prečítať, ktorý úrad to bol a čo robiť, ak si myslíš, že to nie je správne.
block-by-operator = Služba je na zozname, ktorý si zvolil prevádzkovateľ tejto siete.
    .pupil = Zablokovali ju ľudia, ktorí sa starajú o túto sieť.
decision = Rozhodnutie
decided-by = Kto rozhodol
operator = Prevádzkovateľ tejto siete
legal-basis = Právny predpis
reference = Číslo prípadu
listed = Zablokované od
expires = Zablokované do
list = Zoznam

## The doors, in the words of the person who takes one

doors = O čo ide?
door-image = Ide o snímku, na ktorej som ja alebo niekto, koho poznám
    .pupil = Niekto vyrobil alebo zdieľal fotku, na ktorej som ja alebo niekto, koho poznám
door-talk = Potrebujem sa s niekým porozprávať
door-worry = Trápi ma to, čo robím
    .pupil = Trápi ma niečo, čo som urobil/a alebo možno urobím
door-mistake = Som tu omylom alebo nesúhlasím
    .pupil = Som tu omylom alebo si myslím, že to nie je správne
door-teachers = Pre vyučujúcich a rodičov

## “It is about an image of me”

image-heading = Nie ste v tom sami a nie je to vaša vina
    .pupil = Nie je to tvoja vina a je tu niekto, kto ti pomôže
image-comfort = Ak niekto vytvoril alebo zdieľal falošnú snímku, na ktorej ste vy, urobil niečo zlé. Vy nie. Môžete dostať pomoc a nikto vám nebude nič vyčítať. To isté platí, keď ide o niekoho, koho poznáte.
    .pupil = Ak niekto vyrobil alebo zdieľal falošnú fotku, na ktorej si ty, urobil niečo zlé. Ty nie. Sú ľudia, ktorí ti pomôžu, a nikto by ti nemal nič vyčítať. To isté platí, keď ide o niekoho, koho poznáš.
rights-heading = Vaše práva
    .pupil = Tvoje práva
right-law = V mnohých krajinách je protizákonné vytvoriť alebo zdieľať takúto snímku bez súhlasu človeka, ktorý je na nej, a to aj vtedy, keď ju vytvorila umelá inteligencia.
    .pupil = V mnohých krajinách nikto nesmie takúto fotku vyrobiť ani zdieľať, aj keď ju vytvoril počítač.
right-removal = Webové stránky a aplikácie môžete požiadať, aby snímku odstránili. Pomôžu vám s tým bezplatné služby.
    .pupil = Môžeš požiadať, aby fotku z internetu odstránili. Sú služby, ktoré ti s tým pomôžu, a nič to nestojí.
right-anonymous = Na mnohých linkách pomoci vás vypočujú a na meno sa nepýtajú.
    .pupil = Môžeš zavolať alebo napísať na linku pomoci. Často ani nemusíš hovoriť, ako sa voláš.
step-help = Najprv: vyhľadať pomoc
step-report = Potom: dať snímku odstrániť
step-report-note = Zapíšte si, kde snímka je a kedy ste ju videli, a odložte si správy, ktoré s ňou súvisia. Ak má človek na snímke menej ako 18 rokov, samotnú snímku neukladajte a nikomu neposielajte.
    .pupil = Zapíš si, kde a kedy sa fotka objavila, a odlož si správy, ktoré s ňou súvisia. Fotku si neukladaj a nikomu ju neposielaj, ani ako dôkaz.
step-trust = A tiež: zveriť sa niekomu, komu sa dá veriť
step-trust-note = Napríklad rodičom, niekomu z rodiny, učiteľke alebo učiteľovi, školskému psychológovi, priateľom. Nemusíte na to byť sami.
    .pupil = Napríklad mame alebo otcovi, niekomu inému z rodiny, učiteľke alebo učiteľovi, školskej psychologičke, kamarátke alebo kamarátovi. Nemusíš to zvládať bez pomoci.
threat-heading = Ak sa vám niekto vyhráža
    .pupil = Keď sa ti niekto vyhráža
threat = Neplaťte a nič ďalšie neposielajte. Správy od toho človeka si nechajte: ukazujú, čo sa stalo. Na linke pomoci vám pomôžu rozhodnúť sa, čo ďalej.
    .pupil = Neplať a neposielaj žiadne ďalšie fotky, nech ti ten človek píše čokoľvek. Jeho správy si nechaj a ukáž ich niekomu dospelému, komu veríš. Nebudeš mať z toho problémy.

## “I need to talk to someone”

talk-heading = Niekto vás vypočuje
    .pupil = Je tu niekto, kto ťa vypočuje
talk-comfort = Nech vás sem priviedlo čokoľvek, môžete o tom hovoriť. Nikto vám nebude nič vyčítať.
    .pupil = Nech ide o čokoľvek, môžeš o tom hovoriť. Nikto sa na teba nebude hnevať.

## “I am worried about what I do”

worry-heading = Ak vás trápi to, čo robíte
    .pupil = Keď ťa trápi niečo, čo si urobil/a alebo možno urobíš
worry-comfort = Chcieť niečo zmeniť si vyžaduje odvahu a s pomocou sa to dá. Môžete sa porozprávať s ľuďmi, ktorí vás nebudú odsudzovať, a nemusíte hovoriť svoje meno.
    .pupil = Je odvážne, že o tom premýšľaš. Keď niekto takúto fotku vyrobí alebo zdieľa, druhému to ublíži. Môžeš však prestať a dať veci do poriadku. Sú ľudia, ktorí ti s tým pomôžu.
worry-stop = Môžete prestať hneď. Nič ďalšie už nevytvárajte a nezdieľajte.
    .pupil = Môžeš prestať hneď. Ďalšie takéto fotky už nevyrábaj a nezdieľaj.
worry-repair = Ak ste snímku zdieľali, požiadajte tých, ktorí ju majú, aby ju vymazali, a dajte ju odstrániť.
    .pupil = Ak sa fotka dostala k iným od teba, povedz to niekomu dospelému, komu veríš, aby ju bolo možné rýchlo odstrániť.
worry-talk = Porozprávajte sa o tom s niekým. Ľudia v týchto službách počúvajú podobné veci každý deň.
    .pupil = Porozprávaj sa o tom s niekým. Ľudia na linkách pomoci počúvajú podobné veci každý deň.
worry-young = Ak ešte nemáte 18 rokov, môžete sa obrátiť aj na linky pomoci pre deti a mladých.
    .pupil = Linky pomoci pre deti a mladých sú tu aj pre teba.

## “I am here by mistake, or I disagree”

mistake-heading = Ak ste tu omylom alebo nesúhlasíte
    .pupil = Ak si tu omylom alebo si myslíš, že to nie je správne
mistake-leave = Ak ste sa sem dostali omylom, nemusíte robiť nič. Môžete jednoducho odísť.
    .pupil = Ak si tu omylom, nič zlé sa nestalo a nebudeš mať problémy. Môžeš jednoducho odísť.
mistake-appeal = Ak si myslíte, že táto služba nemá byť zablokovaná, môžete požiadať o preskúmanie rozhodnutia:
    .pupil = Ak si myslíš, že táto služba nemá byť zablokovaná, porozprávaj sa o tom s niekým dospelým. Ty alebo ten dospelý môžete požiadať, aby rozhodnutie niekto znova posúdil:
mistake-reference = Uveďte, prosím, číslo prípadu:
    .pupil = Do správy napíš toto číslo prípadu:
mistake-subject = Žiadosť o preskúmanie rozhodnutia
mistake-operator = Otázky o tejto sieti a o tom, čo sa v nej blokuje:
    .pupil = Ak sa chceš niečo opýtať, opýtaj sa niekoho z učiteľov alebo napíš sem:
mistake-no-operator = S otázkami o tejto sieti a o tom, čo sa v nej blokuje, sa obráťte na toho, kto vám ju poskytuje: na poskytovateľa internetu, školu alebo zamestnávateľa.
    .pupil = Ak sa chceš niečo opýtať, opýtaj sa niekoho z učiteľov alebo toho, kto sa stará o internet tam, kde si.
mistake-record = Čo o tomto prípade uvádza zoznam, je verejné:

## For teachers and parents

teachers-heading = Ako hovoriť o falošných nahých snímkach
teachers-lead = Umelej inteligencii stačí obyčajná fotka, aby vytvorila snímku, na ktorej je niekto nahý. Deti to robia svojim spolužiakom a spolužiačkam. Najčastejšie sú na snímkach dievčatá. Falošná snímka môže ublížiť rovnako ako skutočná.
teachers-class = V triede
teachers-class-consent = Opýtajte sa, čo znamená súhlas, keď sa fotka robí, keď sa upravuje a keď sa posiela ďalej.
teachers-class-person = Hovorte o človeku, ktorý na snímke je. Nikdy nehľadajte ukážky a žiadne neukazujte.
teachers-class-bystander = Dohodnite sa, čo robiť, keď takáto snímka príde: neposielať ju ďalej, postaviť sa za človeka, ktorý je na nej, povedať to niekomu dospelému.
teachers-class-whom = Povedzte, na koho sa dá v škole obrátiť a že zveriť sa nie je žalovanie.
teachers-incident = Keď sa to už stalo
teachers-incident-listen = Počúvajte, zachovajte pokoj, verte dieťaťu a povedzte mu, že to nie je jeho vina.
teachers-incident-image = Snímku nekopírujte, neposielajte ďalej a bez potreby si ju neprezerajte. Zapíšte si, kde je a kto vám o nej povedal.
teachers-incident-protect = Dohodnite sa s dieťaťom, kto o tom potrebuje vedieť, a chráňte ho pred tými, ktorí snímku posielajú ďalej.
teachers-incident-report = Dajte snímku odstrániť s pomocou služieb uvedených nižšie a informujte úrady tak, ako to vyžaduje právo vašej krajiny.
teachers-incident-others = Tí, ktorí snímku vytvorili, sú často tiež deti. Potrebujú jasné hranice a pomoc.

## Whom each kind of help is for

need-danger = Ak ste práve teraz v nebezpečenstve
    .pupil = Keď ti práve teraz hrozí nebezpečenstvo
need-danger-call = Volajte tiesňovú linku svojej krajiny.
    .pupil = Zavolaj na tiesňovú linku alebo o to popros niekoho dospelého.
need-talk-young = Porozprávať sa s niekým: deti a mladí
need-talk-anyone = Porozprávať sa s niekým: v každom veku
need-remove-young = Dať odstrániť snímku: je na nej niekto mladší ako 18 rokov
need-remove-adult = Dať odstrániť snímku: je na nej niekto, kto má 18 rokov alebo viac
need-worried = Pre dospelých, ktorých trápi vlastné správanie

## In the directory of help services

help-emergency = tiesňová linka
help-child-helplines = národné linky pomoci pre deti
help-not-everywhere = nie vo všetkých krajinách
help-safer-internet = Centrá pre bezpečnejší internet
help-parents-too = aj pre rodičov a vyučujúcich
help-find-helpline = Nájsť linku pomoci pre deti
help-by-country = podľa krajín
help-hotlines = linky na nahlasovanie nezákonného obsahu
help-report-anonymously = anonymné nahlásenie, podľa krajín

## The public record of a case

record-title = Verejný záznam
record-heading = Verejný záznam o prípade
record-in-force = Čo o tomto prípade uvádzajú zoznamy platné v tejto sieti:
record-none = Žiadny zoznam platný v tejto sieti neobsahuje prípad s týmto číslom.
record-service = Služba
record-service-withheld = Nie je uvedená, aby ju tento záznam nikomu nepomohol nájsť.
record-rules = Zablokované doménové mená

## About the service itself, on its own address

about-title = O zablokovaných službách
about-heading = Niektoré služby nie sú z tejto siete dostupné
about-what = Niektoré služby sú nezákonné alebo ich zablokovali tí, ktorí túto sieť prevádzkujú. Keď sa zariadenie v tejto sieti opýta, kde taká služba je, dostane sa namiesto toho na stránku s upozornením.
about-told-heading = Čo sa dozviete na stránke s upozornením
about-told = Prečo je služba zablokovaná, kto o tom rozhodol, podľa akého právneho predpisu a aké je číslo prípadu, ak to zoznam zablokovaných služieb uvádza. Stránka tiež hovorí, kde nájsť pomoc.
about-kept-heading = Čo sa o vás uchováva
about-kept = Nič. Tieto stránky neukladajú súbory cookie a nezaznamenávajú, kto ich otvoril ani čo hľadal.
about-contest-heading = Ak nesúhlasíte
about-contest = Keď zoznam uvádza, kto jeho rozhodnutia preskúmava, nájdete na stránke s upozornením adresu a číslo prípadu.
about-run-by = Túto sieť prevádzkuje { $operator }.

## Pages of one sentence

misdirected = Táto služba nie je (alebo už nie je) zablokovaná
misdirected-sentence = Zariadenie sa sem dostalo pre staršiu odpoveď. Stačí minútu počkať a načítať stránku znova.
missing = Takáto stránka neexistuje
missing-sentence = Na čo tieto stránky slúžia, sa dočítate tu:
unreadable = Túto požiadavku sa nepodarilo prečítať
unreadable-sentence = Nie je z nej jasné, ktorej služby sa týka.
read-only = Túto stránku možno iba čítať
read-only-sentence = Nedá sa na ňu nič odoslať.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day }. { $month ->
    [1] januára
    [2] februára
    [3] marca
    [4] apríla
    [5] mája
    [6] júna
    [7] júla
    [8] augusta
    [9] septembra
    [10] októbra
    [11] novembra
   *[12] decembra
} { $year }
region-AT = Rakúsko
region-BE = Belgicko
region-BG = Bulharsko
region-CY = Cyprus
region-CZ = Česko
region-DE = Nemecko
region-DK = Dánsko
region-EE = Estónsko
region-ES = Španielsko
region-FI = Fínsko
region-FR = Francúzsko
region-GR = Grécko
region-HR = Chorvátsko
region-HU = Maďarsko
region-IE = Írsko
region-IT = Taliansko
region-LT = Litva
region-LU = Luxembursko
region-LV = Lotyšsko
region-MT = Malta
region-NL = Holandsko
region-PL = Poľsko
region-PT = Portugalsko
region-RO = Rumunsko
region-SE = Švédsko
region-SI = Slovinsko
region-SK = Slovensko
region-EU = Európska únia
region-GB = Spojené kráľovstvo
region-NO = Nórsko
region-IS = Island
region-LI = Lichtenštajnsko
region-CH = Švajčiarsko
region-UA = Ukrajina
region-TR = Turecko
region-RS = Srbsko
region-MD = Moldavsko
region-US = Spojené štáty
region-CA = Kanada
region-AU = Austrália
region-NZ = Nový Zéland
region-KR = Južná Kórea
region-JP = Japonsko
region-CN = Čína
region-TW = Taiwan
region-HK = Hongkong
region-SG = Singapur
region-IN = India
region-ID = Indonézia
region-MY = Malajzia
region-PH = Filipíny
region-TH = Thajsko
region-VN = Vietnam
region-KE = Keňa
region-TZ = Tanzánia
region-UG = Uganda
region-RW = Rwanda
region-ZA = Južná Afrika
region-NG = Nigéria
region-EG = Egypt
region-MA = Maroko
region-TN = Tunisko
region-SA = Saudská Arábia
region-AE = Spojené arabské emiráty
region-BR = Brazília
region-MX = Mexiko
region-AR = Argentína
region-CL = Čile
region-CO = Kolumbia
