### Magyar.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Magyar
direction = ltr

## What stands around every page

leave = Kilépés az oldalról
leave-note = Ettől a böngészési előzmények nem törlődnek.
leave-key = Az oldalról az Esc billentyű háromszori megnyomásával is ki lehet lépni.
languages = Nyelvek
back = Vissza az értesítéshez
private = Ez az oldal nem használ sütiket. Nem rögzíti, hogy itt járt, és azt sem, hogy mit keresett.
    .pupil = Ez az oldal nem jegyzi fel, hogy ki vagy, és azt sem, hogy mit kerestél.
help-dated = A segítő szolgálatok listája (összeállítva: { $date }).

## The block: what it is, and who decided

block-title = Letiltott hozzáférés
block-unlawful = Ez a szolgáltatás itt jogellenes, és a hozzáférés le van tiltva
    .pupil = Ez a szolgáltatás itt törvénybe ütközik, ezért le van tiltva
block-plain = Ez a szolgáltatás ezen a hálózaton le van tiltva
    .pupil = Ez a szolgáltatás itt le van tiltva
block-harm = Az ilyen szolgáltatások mesterséges intelligenciával hamis meztelen képeket készítenek valódi emberekről, akik ebbe soha nem egyeztek bele. Ez a bántalmazás egyik formája. Akiket a képek ábrázolnak, köztük sok lány és nő, hosszú ideig szenvedhetnek miatta.
    .pupil = Az ilyen szolgáltatások mesterséges intelligenciával hamis meztelen képeket készítenek valódi emberekről. Tőlük senki sem kért engedélyt, és ez nagyon sokáig fájhat nekik.
block-by-authority = Egy hatóság döntött úgy, hogy a szolgáltatás ne legyen elérhető. Ezen az oldalon olvasható a döntés, és az is, hogyan lehet vitatni.
    .pupil = Így döntött egy hatóság. Lejjebb elolvashatod, hogy melyik, és azt is, hogy mit tehetsz, ha szerinted ez nem helyes.
block-by-operator = A szolgáltatás szerepel egy listán, amelyet ennek a hálózatnak az üzemeltetője választott.
    .pupil = Akik ezt a hálózatot működtetik, úgy döntöttek, hogy letiltják.
decision = A döntés
decided-by = Döntéshozó
operator = A hálózat üzemeltetője
legal-basis = Jogszabály
reference = Ügyszám
listed = A tiltás kezdete
expires = A tiltás vége
list = Lista

## The doors, in the words of the person who takes one

doors = Miről van szó?
door-image = Egy képről van szó, amely rólam készült, vagy valakiről, akit ismerek
    .pupil = Valaki képet készített vagy osztott meg rólam, vagy valakiről, akit ismerek
door-talk = Beszélnem kell valakivel
door-worry = Aggaszt, amit teszek
    .pupil = Aggaszt valami, amit tettem, vagy amit talán megteszek
door-mistake = Véletlenül kerültem ide, vagy nem értek egyet
    .pupil = Véletlenül kerültem ide, vagy szerintem ez nem helyes
door-teachers = Tanároknak és szülőknek

## “It is about an image of me”

image-heading = Nincs egyedül, és nem Ön a hibás
    .pupil = Nem vagy egyedül, és nem te vagy a hibás
image-comfort = Ha valaki hamis képet készített vagy osztott meg Önről, ő tett rosszat, nem Ön. Segítséget kaphat anélkül, hogy bárki hibáztatná. Ugyanez igaz akkor is, ha a kép olyasvalakit ábrázol, akit Ön ismer.
    .pupil = Ha valaki hamis képet készített vagy osztott meg rólad, ő tett rosszat. Te nem. Vannak, akik segítenek neked, és senkinek sem szabad téged hibáztatnia. Ugyanez igaz akkor is, ha a kép olyasvalakit ábrázol, akit ismersz.
rights-heading = Az Ön jogai
    .pupil = A te jogaid
right-law = Sok országban törvény tiltja, hogy valakiről a beleegyezése nélkül ilyen képet készítsenek vagy osszanak meg, akkor is, ha a kép mesterséges intelligenciával készült.
    .pupil = Sok országban senkinek sem szabad ilyen képet készítenie vagy megosztania, akkor sem, ha számítógép csinálta.
right-removal = Kérheti a honlapoktól és az alkalmazásoktól, hogy távolítsák el a képet. Ebben ingyenes szolgálatok segítenek.
    .pupil = Kérheted, hogy vegyék le a képet. Vannak szolgálatok, amelyek segítenek ebben, és ezek ingyenesek.
right-anonymous = Sok segélyvonalnál úgy is meghallgatják, hogy nem kérdezik a nevét.
    .pupil = Felhívhatsz egy segélyvonalat, vagy írhatsz nekik. Gyakran még a nevedet sem kell megmondanod.
step-help = Először: segítséget kérni
step-report = Azután: eltávolíttatni a képet
step-report-note = Írja fel, hol van a kép, és mikor látta, és őrizze meg a vele kapcsolatos üzeneteket. Ha 18 év alatti személy van a képen, magát a képet ne mentse el, és ne küldje el senkinek.
    .pupil = Írd fel, hol és mikor láttad a képet, és őrizd meg a vele kapcsolatos üzeneteket. A képet ne mentsd el, és ne küldd el senkinek, még bizonyítéknak sem.
step-trust = És: szólni valakinek, akiben bízni lehet
step-trust-note = Szülőnek, más családtagnak, tanárnak, segítő szakembernek vagy egy barátnak. Nem kell ezt egyedül cipelnie.
    .pupil = Anyukádnak vagy apukádnak, más családtagnak, egy tanárnak, az iskolai védőnőnek vagy egy jó barátnak. Nem kell ezzel egyedül megbirkóznod.
threat-heading = Ha valaki fenyegeti Önt
    .pupil = Ha valaki fenyeget téged
threat = Ne fizessen, és ne küldjön többet semmit. Őrizze meg a kapott üzeneteket: ezek mutatják, mi történt. Egy segélyvonal segíthet eldönteni, mi legyen a következő lépés.
    .pupil = Ne fizess, és ne küldj több képet, bármit mondanak is. Őrizd meg az üzeneteket, és mutasd meg őket egy felnőttnek, akiben megbízol. Nem kerülsz bajba emiatt.

## “I need to talk to someone”

talk-heading = Van, aki meghallgatja
    .pupil = Van, aki meghallgat téged
talk-comfort = Bármi hozta is ide, beszélhet róla. Nem fogják hibáztatni.
    .pupil = Bármiről van is szó, beszélhetsz róla. Senki sem fog haragudni rád.

## “I am worried about what I do”

worry-heading = Ha aggasztja, amit tesz
    .pupil = Ha aggaszt valami, amit tettél, vagy amit talán megteszel
worry-comfort = Bátorság kell ahhoz, hogy valaki változtatni akarjon, és segítséggel sikerülhet is. Vannak, akikkel beszélhet: nem ítélik el, és a nevét sem kell megadnia.
    .pupil = Bátor dolog elgondolkodni ezen. Egy ilyen kép elkészítése vagy megosztása fáj valakinek, de te abbahagyhatod és jóváteheted, és vannak, akik segítenek ebben.
worry-stop = Itt álljon meg. Ne készítsen és ne osszon meg többet semmit.
    .pupil = Itt állj meg. Ne készíts és ne ossz meg több képet.
worry-repair = Ha megosztott egy képet, kérje meg azokat, akiknél megvan, hogy töröljék, és kérje a kép eltávolítását is.
    .pupil = Ha megosztottál egy képet, szólj egy felnőttnek, akiben megbízol, hogy a képet minél hamarabb le lehessen venni.
worry-talk = Beszéljen valakivel. Ezeknél a szolgálatoknál mindennap hallanak ilyesmit.
    .pupil = Beszélj valakivel. A segélyvonalaknál mindennap hallanak ilyesmit.
worry-young = Ha még nincs 18 éves, a fiataloknak szóló segélyvonalak Önnek is segítenek.
    .pupil = A gyerekeknek és fiataloknak szóló segélyvonalak neked is segítenek.

## “I am here by mistake, or I disagree”

mistake-heading = Ha véletlenül került ide, vagy nem ért egyet
    .pupil = Ha véletlenül kerültél ide, vagy szerinted ez nem helyes
mistake-leave = Ha véletlenül került ide, nincs semmi teendője. Egyszerűen kiléphet az oldalról.
    .pupil = Ha véletlenül kerültél ide, semmi rossz nem történt, és nem kerülsz bajba. Egyszerűen kiléphetsz az oldalról.
mistake-appeal = Ha Ön szerint ezt a szolgáltatást nem kellene letiltani, kérheti a döntés felülvizsgálatát:
    .pupil = Ha szerinted ezt a szolgáltatást nem kellene letiltani, beszéld meg egy felnőttel. Akár te, akár ő kérheti, hogy vizsgálják felül a döntést:
mistake-reference = Kérjük, adja meg az ügyszámot:
    .pupil = Ezt az ügyszámot írd bele az üzenetedbe:
mistake-subject = Kérelem a döntés felülvizsgálatára
mistake-operator = Kérdések a hálózattal és a letiltott szolgáltatásokkal kapcsolatban:
    .pupil = Ha kérdésed van, kérdezz meg egy tanárt, vagy írj ide:
mistake-no-operator = Ha kérdése van a hálózattal vagy a letiltott szolgáltatásokkal kapcsolatban, forduljon ahhoz, aki az internetet biztosítja: a szolgáltatójához, az iskolájához vagy a munkahelyéhez.
    .pupil = Ha kérdésed van, kérdezz meg egy tanárt, vagy azt, aki az internetért felel ott, ahol vagy.
mistake-record = Nyilvános, hogy mit mond a lista erről az ügyről:

## For teachers and parents

teachers-heading = Hogyan beszéljünk a hamis meztelen képekről?
teachers-lead = Egy hétköznapi fénykép is elég ahhoz, hogy a mesterséges intelligencia olyan képet készítsen, amely valakit meztelenül mutat. Diákok teszik ezt diákokkal. A képek többnyire lányokat ábrázolnak. Egy hamis kép ugyanúgy tud fájni, mint egy valódi.
teachers-class = Az órán
teachers-class-consent = Kérdezze meg, mit jelent a beleegyezés, amikor egy kép elkészül, amikor módosítják, és amikor továbbküldik.
teachers-class-person = Arról az emberről beszéljen, akit a kép ábrázol. Soha ne keressen példákat, és ne is mutasson.
teachers-class-bystander = Állapodjanak meg abban, mi a teendő, ha valaki ilyen képet kap: nem küldi tovább, kiáll az érintett mellett, és szól egy felnőttnek.
teachers-class-whom = Mondja el, kinek lehet szólni az iskolában, és hogy aki szól, az nem árulkodik.
teachers-incident = Ha már megtörtént
teachers-incident-listen = Hallgassa meg a gyereket, maradjon nyugodt, higgyen neki, és mondja el, hogy nem ő a hibás.
teachers-incident-image = Ne másolja le és ne küldje tovább a képet, és szükség nélkül ne is nézze meg. Jegyezze fel, hol van, és ki szólt róla.
teachers-incident-protect = Beszélje meg a gyerekkel, kinek kell tudnia az esetről, és védje meg őt azoktól, akik a képet terjesztik.
teachers-incident-report = Az alábbi szolgálatok segítségével távolíttassa el a képet, és értesítse a hatóságokat úgy, ahogy a jogszabályok előírják.
teachers-incident-others = Gyakran a kép készítői is gyerekek. Nekik világos határokra és segítségre van szükségük.

## Whom each kind of help is for

need-danger = Ha most veszélyben van
    .pupil = Ha éppen most veszélyben vagy
need-danger-call = Hívja az ország segélyhívó számát.
    .pupil = Hívd a segélyhívó számot, vagy kérj meg egy felnőttet, hogy hívja fel.
need-talk-young = Beszélgetés valakivel: gyerekeknek és fiataloknak
need-talk-anyone = Beszélgetés valakivel: bármilyen életkorban
need-remove-young = Kép eltávolíttatása: 18 év alatti van rajta
need-remove-adult = Kép eltávolíttatása: 18 éves vagy idősebb van rajta
need-worried = Felnőtteknek, akik önmaguk miatt aggódnak

## In the directory of help services

help-emergency = segélyhívó szám
help-child-helplines = országos segélyvonalak gyerekeknek
help-not-everywhere = nem minden országban
help-safer-internet = Biztonságosabb Internet Központok
help-parents-too = szülőknek és tanároknak is
help-find-helpline = Segélyvonal-kereső gyerekeknek
help-by-country = országonként
help-hotlines = bejelentővonalak
help-report-anonymously = névtelen bejelentés, országonként

## The public record of a case

record-title = Nyilvános adatok
record-heading = Az ügy nyilvános adatai
record-in-force = Ezt mondják az ügyről a hálózaton érvényben lévő listák:
record-none = A hálózaton érvényben lévő listák egyikén sincs ilyen számú ügy.
record-service = Szolgáltatás
record-service-withheld = Nincs feltüntetve, nehogy bárki ennek alapján találjon rá.
record-rules = Letiltott domainnevek

## About the service itself, on its own address

about-title = A letiltott szolgáltatásokról
about-heading = Egyes szolgáltatások nem érhetők el erről a hálózatról
about-what = Egyes szolgáltatások jogellenesek, vagy a hálózat üzemeltetői döntöttek úgy, hogy letiltják őket. Amikor egy eszköz ezen a hálózaton azt kérdezi, hol van egy ilyen szolgáltatás, egy figyelmeztető oldalra jut.
about-told-heading = Mit mond el a figyelmeztető oldal?
about-told = Azt, hogy miért van letiltva a szolgáltatás, ki döntött erről, melyik jogszabály alapján, és mi az ügyszám, ha mindez szerepel a letiltott szolgáltatások listáján. Azt is elmondja, hol lehet segítséget kapni.
about-kept-heading = Mit őriznek meg ezek az oldalak a látogatókról?
about-kept = Semmit. Ezek az oldalak nem használnak sütiket, és nem rögzítik, hogy ki nyitotta meg őket, és mit keresett.
about-contest-heading = Ha nem ért egyet
about-contest = Ha a lista megadja, ki vizsgálja felül a döntéseit, a figyelmeztető oldalon szerepel a cím és az ügyszám.
about-run-by = A hálózat üzemeltetője: { $operator }.

## Pages of one sentence

misdirected = Ez a szolgáltatás nincs letiltva, vagy már nincs
misdirected-sentence = Egy korábbi válasz irányította ide az eszközt. Egy perc múlva érdemes újratölteni az oldalt.
missing = Nincs ilyen oldal
missing-sentence = Ezekről az oldalakról itt lehet olvasni:
unreadable = Ezt a kérést nem lehetett értelmezni
unreadable-sentence = Nem derül ki belőle világosan, melyik szolgáltatásra vonatkozik.
read-only = Ez az oldal csak olvasható
read-only-sentence = Erre az oldalra semmit sem lehet küldeni.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $year }. { $month ->
    [1] január
    [2] február
    [3] március
    [4] április
    [5] május
    [6] június
    [7] július
    [8] augusztus
    [9] szeptember
    [10] október
    [11] november
   *[12] december
} { $day }.
region-AT = Ausztria
region-BE = Belgium
region-BG = Bulgária
region-CY = Ciprus
region-CZ = Csehország
region-DE = Németország
region-DK = Dánia
region-EE = Észtország
region-ES = Spanyolország
region-FI = Finnország
region-FR = Franciaország
region-GR = Görögország
region-HR = Horvátország
region-HU = Magyarország
region-IE = Írország
region-IT = Olaszország
region-LT = Litvánia
region-LU = Luxemburg
region-LV = Lettország
region-MT = Málta
region-NL = Hollandia
region-PL = Lengyelország
region-PT = Portugália
region-RO = Románia
region-SE = Svédország
region-SI = Szlovénia
region-SK = Szlovákia
region-EU = Európai Unió
region-GB = Egyesült Királyság
region-NO = Norvégia
region-IS = Izland
region-LI = Liechtenstein
region-CH = Svájc
region-UA = Ukrajna
region-TR = Törökország
region-RS = Szerbia
region-MD = Moldova
region-US = Egyesült Államok
region-CA = Kanada
region-AU = Ausztrália
region-NZ = Új-Zéland
region-KR = Dél-Korea
region-JP = Japán
region-CN = Kína
region-TW = Tajvan
region-HK = Hongkong
region-SG = Szingapúr
region-IN = India
region-ID = Indonézia
region-MY = Malajzia
region-PH = Fülöp-szigetek
region-TH = Thaiföld
region-VN = Vietnám
region-KE = Kenya
region-TZ = Tanzánia
region-UG = Uganda
region-RW = Ruanda
region-ZA = Dél-afrikai Köztársaság
region-NG = Nigéria
region-EG = Egyiptom
region-MA = Marokkó
region-TN = Tunézia
region-SA = Szaúd-Arábia
region-AE = Egyesült Arab Emírségek
region-BR = Brazília
region-MX = Mexikó
region-AR = Argentína
region-CL = Chile
region-CO = Kolumbia
