### Čeština.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Čeština
direction = ltr

## What stands around every page

leave = Rychle opustit stránku
leave-note = Historie prohlížení se tím nesmaže.
leave-key = Stránku lze opustit i trojím stisknutím klávesy Escape (Esc).
languages = Jazyky
back = Zpět na oznámení
private = Tato stránka neukládá žádné soubory cookie. Nezaznamenává vaši návštěvu ani to, co jste hledali.
    .pupil = Tahle stránka si nezapisuje, kdo jsi ani co hledáš.
help-dated = Seznam služeb, které pomáhají, ke dni { $date }.

## The block: what it is, and who decided

block-title = Přístup zablokován
block-unlawful = Tato služba je zde nezákonná a přístup k ní je zablokovaný
    .pupil = Tahle služba je tady proti zákonu, a proto je zablokovaná
block-plain = Tato služba je v této síti zablokovaná
    .pupil = Tahle služba je tady zablokovaná
block-harm = Takové služby vytvářejí pomocí umělé inteligence (AI) falešné nahé snímky skutečných lidí, kteří s tím nikdy nesouhlasili. Je to forma násilí. Lidé na snímcích, mezi nimi mnoho dívek a žen, tím mohou dlouho trpět.
    .pupil = Takové služby používají umělou inteligenci (AI) k tomu, aby vyráběly falešné nahé fotky skutečných lidí. Nikdo se těch lidí neptal a může jim to hodně dlouho ubližovat.
block-by-authority = O tom, že služba nemá být dostupná, rozhodl příslušný úřad. Na této stránce najdete údaje o rozhodnutí i to, jak se proti němu dá bránit.
    .pupil = Rozhodl o tom úřad. Níže si můžeš přečíst, který úřad to byl a co dělat, když si myslíš, že to není správně.
block-by-operator = Služba je na seznamu, který zvolil provozovatel této sítě.
    .pupil = Zablokovali ji lidé, kteří se starají o tuhle síť.
decision = Rozhodnutí
decided-by = Kdo rozhodl
operator = Provozovatel této sítě
legal-basis = Právní předpis
reference = Číslo případu
listed = Zablokováno od
expires = Zablokováno do
list = Seznam

## The doors, in the words of the person who takes one

doors = O co jde?
door-image = Jde o snímek, na kterém jsem já nebo někdo, koho znám
    .pupil = Někdo vyrobil nebo sdílel fotku, na které jsem já nebo někdo, koho znám
door-talk = Potřebuji si s někým promluvit
door-worry = Trápí mě to, co dělám
    .pupil = Trápí mě něco, co jsem udělal/a nebo možná udělám
door-mistake = Jsem tu omylem nebo nesouhlasím
    .pupil = Jsem tu omylem nebo si myslím, že služba nemá být zablokovaná
door-teachers = Pro vyučující a rodiče

## “It is about an image of me”

image-heading = Nejste v tom sami a není to vaše vina
    .pupil = Není to tvoje vina a je tu někdo, kdo ti pomůže
image-comfort = Pokud někdo vytvořil nebo sdílel falešný snímek, na kterém jste vy, špatně se zachoval ten, kdo to udělal, ne vy. Můžete dostat pomoc a nikdo vám nebude nic vyčítat. Totéž platí, když jde o někoho, koho znáte.
    .pupil = Jestli někdo vyrobil nebo sdílel falešnou fotku, na které jsi ty, udělal něco špatného. Ty ne. Jsou lidé, kteří ti pomůžou, a nikdo by ti neměl nic vyčítat. Totéž platí, když jde o někoho, koho znáš.
rights-heading = Vaše práva
    .pupil = Tvoje práva
right-law = V mnoha zemích je protizákonné vytvořit nebo sdílet takový snímek bez souhlasu člověka, který na něm je, a to i tehdy, když snímek vytvořila umělá inteligence.
    .pupil = V mnoha zemích nikdo nesmí takovou fotku vyrobit ani sdílet, i když ji vytvořil počítač.
right-removal = Weby a aplikace můžete požádat, aby snímek odstranily. Pomohou vám s tím bezplatné služby.
    .pupil = Můžeš požádat, aby fotku z internetu odstranili. Jsou služby, které ti s tím pomůžou, a nic to nestojí.
right-anonymous = Na mnoha linkách pomoci vás vyslechnou a na jméno se neptají.
    .pupil = Můžeš zavolat nebo napsat na linku pomoci. Často ani nemusíš říkat, jak se jmenuješ.
step-help = Nejdřív: vyhledat pomoc
step-report = Potom: nechat snímek odstranit
step-report-note = Zapište si, kde snímek je a kdy jste ho viděli, a uschovejte si zprávy, které s ním souvisejí. Pokud je člověku na snímku méně než 18 let, samotný snímek neukládejte a nikomu neposílejte.
    .pupil = Zapiš si, kde a kdy byla fotka vidět, a nech si zprávy, které s ní souvisejí. Fotku si neukládej a nikomu ji neposílej, ani jako důkaz.
step-trust = A také: svěřit se někomu, komu se dá věřit
step-trust-note = Třeba rodičům, někomu z rodiny, učitelce nebo učiteli, školnímu psychologovi, přátelům. Nemusíte na to být sami.
    .pupil = Třeba mámě nebo tátovi, někomu jinému z rodiny, učitelce nebo učiteli, školní psycholožce, kamarádce nebo kamarádovi. Nemusíš to zvládat bez pomoci.
threat-heading = Pokud vám někdo vyhrožuje
    .pupil = Když ti někdo vyhrožuje
threat = Neplaťte a nic dalšího neposílejte. Jeho zprávy si nechte: ukazují, co se stalo. Na lince pomoci vám pomohou rozhodnout se, co dál.
    .pupil = Neplať a neposílej žádné další fotky, ať ti ten člověk píše cokoli. Jeho zprávy si nech a ukaž je někomu dospělému, komu věříš. Nemáš žádný průšvih.

## “I need to talk to someone”

talk-heading = Někdo vás vyslechne
    .pupil = Je tu někdo, kdo tě vyslechne
talk-comfort = Ať vás sem přivedlo cokoli, můžete o tom mluvit. Nikdo vám nebude nic vyčítat.
    .pupil = Ať jde o cokoli, můžeš o tom mluvit. Nikdo se na tebe nebude zlobit.

## “I am worried about what I do”

worry-heading = Pokud vás trápí to, co děláte
    .pupil = Když tě trápí něco, co jsi udělal/a nebo možná uděláš
worry-comfort = Chtít něco změnit vyžaduje odvahu a s pomocí to jde. Můžete si promluvit s lidmi, kteří vás nebudou soudit, a nemusíte říkat své jméno.
    .pupil = Je odvážné, že o tom přemýšlíš. Když někdo takovou fotku vyrobí nebo sdílí, druhému to ublíží. Můžeš ale přestat a dát věci do pořádku. Jsou lidé, kteří ti s tím pomůžou.
worry-stop = Můžete přestat hned. Nic dalšího už nevytvářejte a nesdílejte.
    .pupil = Můžeš přestat hned. Další takové fotky už nevyráběj a nesdílej.
worry-repair = Pokud jste snímek sdíleli, požádejte ty, kdo ho mají, aby ho smazali, a nechte ho odstranit.
    .pupil = Jestli se fotka dostala k ostatním od tebe, řekni to někomu dospělému, komu věříš. Pak ji bude možné rychle odstranit.
worry-talk = Promluvte si o tom s někým. Lidé v těchto službách slyší podobné věci každý den.
    .pupil = Promluv si o tom s někým. Lidé na linkách pomoci slyší podobné věci každý den.
worry-young = Pokud vám ještě není 18 let, můžete se obrátit i na linky pomoci pro děti a mladé.
    .pupil = Linky pomoci pro děti a mladé jsou tu i pro tebe.

## “I am here by mistake, or I disagree”

mistake-heading = Pokud jste tu omylem nebo nesouhlasíte
    .pupil = Jestli jsi tu omylem nebo si myslíš, že služba nemá být zablokovaná
mistake-leave = Pokud jste se sem dostali omylem, nemusíte nic dělat. Můžete prostě odejít.
    .pupil = Jestli jsi tu omylem, nic špatného se nestalo a nemáš žádný průšvih. Můžeš prostě odejít.
mistake-appeal = Pokud si myslíte, že tato služba nemá být zablokovaná, můžete požádat o přezkum rozhodnutí:
    .pupil = Jestli si myslíš, že tahle služba nemá být zablokovaná, promluv si o tom s někým dospělým. Ty nebo ten dospělý můžete požádat, aby rozhodnutí někdo znovu posoudil:
mistake-reference = Uveďte prosím číslo případu:
    .pupil = Do zprávy napiš tohle číslo případu:
mistake-subject = Žádost o přezkum rozhodnutí
mistake-operator = Dotazy k této síti a k tomu, co se v ní blokuje:
    .pupil = Když se chceš na něco zeptat, zeptej se někoho z učitelů nebo napiš sem:
mistake-no-operator = S dotazy k této síti a k tomu, co se v ní blokuje, se obraťte na toho, kdo vám ji poskytuje: na poskytovatele internetu, školu nebo zaměstnavatele.
    .pupil = Když se chceš na něco zeptat, zeptej se někoho z učitelů nebo toho, kdo se stará o internet tam, kde jsi.
mistake-record = Co o tomto případu uvádí seznam, je veřejné:

## For teachers and parents

teachers-heading = Jak mluvit o falešných nahých snímcích
teachers-lead = Umělé inteligenci stačí obyčejná fotka, aby vytvořila snímek, na kterém je někdo nahý. Děti to dělají svým spolužákům a spolužačkám. Nejčastěji jsou na snímcích dívky. Falešný snímek může ublížit stejně jako skutečný.
teachers-class = Ve třídě
teachers-class-consent = Zeptejte se, co znamená souhlas, když se fotka pořizuje, když se upravuje a když se posílá dál.
teachers-class-person = Mluvte o člověku, který na snímku je. Nikdy nehledejte ukázky a žádné neukazujte.
teachers-class-bystander = Domluvte se, co dělat, když takový snímek přijde: neposílat ho dál, postavit se za člověka, který na něm je, říct to někomu dospělému.
teachers-class-whom = Řekněte, na koho se dá ve škole obrátit a že svěřit se není žalování.
teachers-incident = Když už se to stalo
teachers-incident-listen = Naslouchejte, zachovejte klid, věřte dítěti a řekněte mu, že to není jeho vina.
teachers-incident-image = Snímek nekopírujte, neposílejte dál a bez potřeby se na něj nedívejte. Zapište si, kde je a kdo vám o něm řekl.
teachers-incident-protect = Domluvte se s dítětem, kdo o tom potřebuje vědět, a chraňte ho před těmi, kdo snímek posílají dál.
teachers-incident-report = Nechte snímek odstranit s pomocí níže uvedených služeb a informujte úřady tak, jak to vyžaduje právo vaší země.
teachers-incident-others = Ti, kdo snímek vytvořili, jsou často také děti. Potřebují jasné hranice a pomoc.

## Whom each kind of help is for

need-danger = Pokud jste právě teď v nebezpečí
    .pupil = Když ti právě teď hrozí nebezpečí
need-danger-call = Volejte tísňovou linku své země.
    .pupil = Zavolej na tísňovou linku nebo o to popros někoho dospělého.
need-talk-young = Promluvit si s někým: děti a mladí
need-talk-anyone = Promluvit si s někým: v každém věku
need-remove-young = Nechat odstranit snímek: je na něm někdo mladší 18 let
need-remove-adult = Nechat odstranit snímek: je na něm někdo, komu je 18 let nebo více
need-worried = Pro dospělé, které trápí vlastní chování

## In the directory of help services

help-emergency = tísňová linka
help-child-helplines = národní linky pomoci pro děti
help-not-everywhere = ne ve všech zemích
help-safer-internet = Centra bezpečnějšího internetu
help-parents-too = také pro rodiče a vyučující
help-find-helpline = Najít linku pomoci pro děti
help-by-country = podle zemí
help-hotlines = linky pro hlášení nezákonného obsahu
help-report-anonymously = anonymní oznámení, podle zemí

## The public record of a case

record-title = Veřejný záznam
record-heading = Veřejný záznam o případu
record-in-force = Co o tomto případu uvádějí seznamy platné v této síti:
record-none = Žádný seznam platný v této síti neobsahuje případ s tímto číslem.
record-service = Služba
record-service-withheld = Není uvedena, aby ji tento záznam nikomu nepomohl najít.
record-rules = Zablokovaná doménová jména

## About the service itself, on its own address

about-title = O zablokovaných službách
about-heading = Některé služby nejsou z této sítě dostupné
about-what = Některé služby jsou nezákonné nebo je zablokovali ti, kdo tuto síť provozují. Když se zařízení v této síti zeptá, kde taková služba je, dostane se místo toho na stránku s upozorněním.
about-told-heading = Co říká stránka s upozorněním
about-told = Proč je služba zablokovaná, kdo o tom rozhodl, podle jakého právního předpisu a jaké je číslo případu, pokud to seznam zablokovaných služeb uvádí. Stránka také říká, kde najít pomoc.
about-kept-heading = Co se uchovává o návštěvě
about-kept = Nic. Tyto stránky neukládají soubory cookie a nezaznamenávají, kdo je otevřel ani co hledal.
about-contest-heading = Nesouhlas s rozhodnutím
about-contest = Když seznam uvádí, kdo jeho rozhodnutí přezkoumává, jsou na stránce s upozorněním adresa a číslo případu.
about-run-by = Tuto síť provozuje { $operator }.

## Pages of one sentence

misdirected = Tato služba není (nebo už není) zablokovaná
misdirected-sentence = Zařízení se sem dostalo kvůli starší odpovědi. Stačí minutu počkat a načíst stránku znovu.
missing = Taková stránka neexistuje
missing-sentence = K čemu tyto stránky slouží, je vysvětleno zde:
unreadable = Tento požadavek se nepodařilo přečíst
unreadable-sentence = Není z něj jasné, které služby se týká.
read-only = Tuto stránku lze pouze číst
read-only-sentence = Nelze na ni nic odeslat.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day }. { $month ->
    [1] ledna
    [2] února
    [3] března
    [4] dubna
    [5] května
    [6] června
    [7] července
    [8] srpna
    [9] září
    [10] října
    [11] listopadu
   *[12] prosince
} { $year }
region-AT = Rakousko
region-BE = Belgie
region-BG = Bulharsko
region-CY = Kypr
region-CZ = Česko
region-DE = Německo
region-DK = Dánsko
region-EE = Estonsko
region-ES = Španělsko
region-FI = Finsko
region-FR = Francie
region-GR = Řecko
region-HR = Chorvatsko
region-HU = Maďarsko
region-IE = Irsko
region-IT = Itálie
region-LT = Litva
region-LU = Lucembursko
region-LV = Lotyšsko
region-MT = Malta
region-NL = Nizozemsko
region-PL = Polsko
region-PT = Portugalsko
region-RO = Rumunsko
region-SE = Švédsko
region-SI = Slovinsko
region-SK = Slovensko
region-EU = Evropská unie
region-GB = Spojené království
region-NO = Norsko
region-IS = Island
region-LI = Lichtenštejnsko
region-CH = Švýcarsko
region-UA = Ukrajina
region-TR = Turecko
region-RS = Srbsko
region-MD = Moldavsko
region-US = Spojené státy
region-CA = Kanada
region-AU = Austrálie
region-NZ = Nový Zéland
region-KR = Jižní Korea
region-JP = Japonsko
region-CN = Čína
region-TW = Tchaj-wan
region-HK = Hongkong
region-SG = Singapur
region-IN = Indie
region-ID = Indonésie
region-MY = Malajsie
region-PH = Filipíny
region-TH = Thajsko
region-VN = Vietnam
region-KE = Keňa
region-TZ = Tanzanie
region-UG = Uganda
region-RW = Rwanda
region-ZA = Jihoafrická republika
region-NG = Nigérie
region-EG = Egypt
region-MA = Maroko
region-TN = Tunisko
region-SA = Saúdská Arábie
region-AE = Spojené arabské emiráty
region-BR = Brazílie
region-MX = Mexiko
region-AR = Argentina
region-CL = Chile
region-CO = Kolumbie
