### Suomi.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Suomi
direction = ltr

## What stands around every page

leave = Poistu sivulta
leave-note = Tämä ei tyhjennä selaushistoriaasi.
leave-key = Pääset sivulta pois myös painamalla Esc-näppäintä kolme kertaa.
languages = Kielet
back = Takaisin ilmoitukseen
private = Tämä sivu ei käytä evästeitä. Se ei tallenna tietoa käynnistäsi eikä siitä, mitä etsit.
    .pupil = Tälle sivulle ei jää tietoa siitä, kuka olet tai mitä etsit.
help-dated = Luettelo auttavista palveluista on päivätty { $date }.

## The block: what it is, and who decided

block-title = Pääsy estetty
block-unlawful = Tämä palvelu on täällä lainvastainen, ja pääsy siihen on estetty
    .pupil = Tämä palvelu on täällä laiton, joten se on estetty
block-plain = Tämä palvelu on estetty tässä verkossa
    .pupil = Tämä palvelu on estetty täällä
block-harm = Tällaiset palvelut tekevät tekoälyllä väärennettyjä alastonkuvia oikeista ihmisistä, jotka eivät ole suostuneet siihen. Se on yksi väkivallan muoto, ja se voi satuttaa pitkään niitä, joita kuvissa esitetään. Monet heistä ovat tyttöjä ja naisia.
    .pupil = Tällaiset palvelut tekevät tekoälyllä väärennettyjä alastonkuvia oikeista ihmisistä. Näiltä ihmisiltä ei ole kysytty lupaa, ja se voi satuttaa heitä todella pitkään.
block-by-authority = Viranomainen on päättänyt, että pääsy palveluun on estettävä. Tällä sivulla kerrotaan päätöksestä ja siitä, miten siihen voi hakea muutosta.
    .pupil = Näin on päättänyt viranomainen. Alta näet, kuka päätöksen teki ja mitä voit tehdä, jos se on mielestäsi väärä.
block-by-operator = Palvelu on listalla, jonka tämän verkon ylläpitäjä on valinnut.
    .pupil = Ne, jotka pitävät huolta tästä verkosta, ovat päättäneet estää palvelun.
decision = Päätös
decided-by = Päätöksen tekijä
operator = Tämän verkon ylläpitäjä
legal-basis = Laki
reference = Asianumero
listed = Esto alkoi
expires = Esto päättyy
list = Lista

## The doors, in the words of the person who takes one

doors = Mikä toi sinut tänne?
door-image = Kyse on kuvasta, joka esittää minua tai jotakuta, jonka tunnen
    .pupil = Joku on tehnyt tai jakanut kuvan minusta tai jostakusta, jonka tunnen
door-talk = Minun pitäisi saada puhua jonkun kanssa
door-worry = Olen huolissani siitä, mitä teen
    .pupil = Olen huolissani jostain, mitä tein tai saattaisin tehdä
door-mistake = Tulin tänne vahingossa tai olen eri mieltä
    .pupil = Tulin tänne vahingossa, tai tämä on minusta väärin
door-teachers = Opettajille ja vanhemmille

## “It is about an image of me”

image-heading = Et ole yksin, eikä tämä ole sinun syytäsi
    .pupil = Et ole yksin, eikä tämä ole sinun vikasi
image-comfort = Jos joku on tehnyt sinusta väärennetyn kuvan tai jakanut sen, hän on tehnyt väärin, et sinä. Voit saada apua ilman, että sinua syyllistetään. Sama pätee, jos kuva esittää jotakuta, jonka tunnet.
    .pupil = Jos joku on tehnyt sinusta väärennetyn kuvan tai jakanut sen, hän on tehnyt väärin. Sinä et. On ihmisiä, jotka auttavat sinua, eikä kukaan saa syyttää sinua. Sama pätee, jos kuva esittää jotakuta, jonka tunnet.
rights-heading = Oikeutesi
    .pupil = Oikeutesi
right-law = Monissa maissa laki kieltää tekemästä tai jakamasta tällaista kuvaa ihmisestä, joka ei ole suostunut siihen, vaikka kuva olisi tehty tekoälyllä.
    .pupil = Monissa maissa kukaan ei saa tehdä eikä jakaa tällaista kuvaa, vaikka sen olisi tehnyt tietokone.
right-removal = Voit pyytää verkkosivustoja ja sovelluksia poistamaan kuvan. Maksuttomat palvelut auttavat sinua siinä.
    .pupil = Voit pyytää, että kuva poistetaan. Jotkin palvelut auttavat sinua siinä, eikä se maksa mitään.
right-anonymous = Monissa auttavissa puhelimissa sinua kuunnellaan nimeäsi kysymättä.
    .pupil = Voit soittaa auttavaan puhelimeen tai kirjoittaa chatissa. Usein sinun ei tarvitse kertoa edes nimeäsi.
step-help = Ensin: hae apua
step-report = Sitten: pyydä, että kuva poistetaan
step-report-note = Kirjoita muistiin, missä kuva on ja milloin näit sen, ja säilytä siihen liittyvät viestit. Jos kuvassa on alle 18-vuotias, älä tallenna äläkä lähetä itse kuvaa.
    .pupil = Kirjoita muistiin, missä ja milloin näit kuvan, ja säilytä siihen liittyvät viestit. Älä tallenna kuvaa äläkä lähetä sitä kenellekään, ei edes todisteeksi.
step-trust = Ja: kerro jollekulle, johon luotat
step-trust-note = Omalle vanhemmalle, jollekulle muulle perheessä, opettajalle, koulukuraattorille tai ystävälle. Sinun ei tarvitse kantaa tätä yksin.
    .pupil = Äidille tai isälle, jollekulle muulle perheessä, opettajalle, kouluterveydenhoitajalle tai hyvälle ystävälle. Sinun ei tarvitse selvitä tästä yksin.
threat-heading = Jos joku uhkailee sinua
    .pupil = Jos joku uhkailee sinua
threat = Älä maksa äläkä lähetä enää mitään. Säilytä uhkailijan viestit: niistä näkyy, mitä on tapahtunut. Auttavasta puhelimesta saat apua, kun mietit, mitä teet seuraavaksi.
    .pupil = Älä maksa äläkä lähetä enää yhtään kuvaa, sanottiinpa sinulle mitä tahansa. Säilytä viestit ja näytä ne aikuiselle, johon luotat. Et joudu tästä vaikeuksiin.

## “I need to talk to someone”

talk-heading = Joku kuuntelee sinua
    .pupil = On joku, joka kuuntelee sinua
talk-comfort = Mikä tahansa sinut tänne toi, siitä voi puhua. Sinua ei syyllistetä.
    .pupil = Oli asia mikä tahansa, siitä voi puhua. Kukaan ei suutu sinulle.

## “I am worried about what I do”

worry-heading = Jos olet huolissasi siitä, mitä teet
    .pupil = Jos olet huolissasi jostain, mitä teit tai saattaisit tehdä
worry-comfort = On rohkeaa haluta muuttaa jotakin, ja siinä voi onnistua, kun saa apua. Voit puhua ihmisille, jotka eivät tuomitse sinua, eikä sinun tarvitse kertoa nimeäsi.
    .pupil = On rohkeaa miettiä tätä. Tällaisen kuvan tekeminen tai jakaminen satuttaa toista, mutta voit lopettaa ja korjata asian, ja on ihmisiä, jotka auttavat sinua siinä.
worry-stop = Pysähdy tähän. Älä tee äläkä jaa enää mitään.
    .pupil = Pysähdy tähän. Älä tee äläkä jaa enää yhtään kuvaa.
worry-repair = Jos olet jakanut kuvan, pyydä niitä, joilla se on, poistamaan se. Pyydä myös, että kuva poistetaan verkosta.
    .pupil = Jos olet jakanut kuvan, kerro siitä aikuiselle, johon luotat, jotta kuva saadaan nopeasti pois.
worry-talk = Puhu jollekulle. Näissä palveluissa kuullaan tällaisista asioista joka päivä.
    .pupil = Puhu jollekulle. Auttavissa puhelimissa kuullaan tällaisista asioista joka päivä.
worry-young = Jos olet alle 18-vuotias, nuorten auttavat puhelimet ovat myös sinua varten.
    .pupil = Lasten ja nuorten auttavat puhelimet ovat myös sinua varten.

## “I am here by mistake, or I disagree”

mistake-heading = Jos tulit tänne vahingossa tai olet eri mieltä
    .pupil = Jos tulit tänne vahingossa tai tämä on mielestäsi väärin
mistake-leave = Jos tulit tänne vahingossa, sinun ei tarvitse tehdä mitään. Voit vain poistua sivulta.
    .pupil = Jos tulit tänne vahingossa, mitään pahaa ei ole tapahtunut, etkä joudu vaikeuksiin. Voit vain poistua sivulta.
mistake-appeal = Jos palvelua ei mielestäsi pitäisi estää, voit pyytää, että päätös arvioidaan uudelleen:
    .pupil = Jos palvelua ei mielestäsi pitäisi estää, puhu siitä aikuisen kanssa. Sinä tai aikuinen voitte pyytää, että päätös arvioidaan uudelleen:
mistake-reference = Kerro pyynnössä asianumero:
    .pupil = Kirjoita viestiisi tämä asianumero:
mistake-subject = Pyyntö arvioida päätös uudelleen
mistake-operator = Kysymykset tästä verkosta ja siitä, mitä siinä estetään:
    .pupil = Jos sinulla on kysyttävää, kysy opettajalta tai kirjoita tänne:
mistake-no-operator = Jos sinulla on kysyttävää tästä verkosta tai siitä, mitä siinä estetään, ota yhteyttä siihen, jolta saat verkkoyhteyden: internetoperaattoriin, kouluun tai työnantajaan.
    .pupil = Jos sinulla on kysyttävää, kysy opettajalta tai siltä, joka huolehtii netistä siellä, missä olet.
mistake-record = Listan tiedot tästä asiasta ovat julkisia:

## For teachers and parents

teachers-heading = Miten puhua väärennetyistä alastonkuvista
teachers-lead = Tekoälylle riittää tavallinen valokuva, ja se tekee siitä kuvan, jossa ihminen näyttää olevan alasti. Oppilaat tekevät tätä toisilleen. Useimmat kuvissa esitetyistä ovat tyttöjä. Väärennetty kuva voi satuttaa yhtä paljon kuin oikea.
teachers-class = Oppitunnilla
teachers-class-consent = Kysy, mitä suostumus tarkoittaa, kun kuva otetaan, kun sitä muokataan ja kun se lähetetään eteenpäin.
teachers-class-person = Puhu ihmisestä, jota kuva esittää. Älä koskaan etsi äläkä näytä esimerkkejä.
teachers-class-bystander = Sopikaa, mitä tehdään, kun joku saa tällaisen kuvan: sitä ei lähetetä eteenpäin, kuvassa esitettyä ihmistä tuetaan ja asiasta kerrotaan aikuiselle.
teachers-class-whom = Kerro, kenelle koulussanne voi puhua, ja että kertominen ei ole kantelemista.
teachers-incident = Kun näin on käynyt
teachers-incident-listen = Kuuntele, pysy rauhallisena, usko lasta ja sano, ettei syy ole hänen.
teachers-incident-image = Älä kopioi kuvaa, älä lähetä sitä eteenpäin äläkä katso sitä tarpeettomasti. Kirjaa muistiin, missä kuva on ja kuka siitä kertoi.
teachers-incident-protect = Sovi lapsen kanssa, keiden on tarpeen tietää asiasta, ja suojele lasta niiltä, jotka levittävät kuvaa.
teachers-incident-report = Pyydä kuvan poistamista alla olevien palvelujen avulla ja ilmoita viranomaisille niin kuin laki edellyttää.
teachers-incident-others = Kuvan tekijätkin ovat usein lapsia. He tarvitsevat selkeät rajat ja apua.

## Whom each kind of help is for

need-danger = Jos olet juuri nyt vaarassa
    .pupil = Jos olet vaarassa juuri nyt
need-danger-call = Soita maasi hätänumeroon.
    .pupil = Soita hätänumeroon tai pyydä aikuista soittamaan sinne.
need-talk-young = Puhu jollekulle: lapset ja nuoret
need-talk-anyone = Puhu jollekulle: kaikenikäiset
need-remove-young = Kuvan poistaminen: kuvassa alle 18-vuotias
need-remove-adult = Kuvan poistaminen: kuvassa 18 vuotta täyttänyt
need-worried = Aikuisille, jotka ovat huolissaan itsestään

## In the directory of help services

help-emergency = hätänumero
help-child-helplines = kansalliset auttavat puhelimet lapsille
help-not-everywhere = ei kaikissa maissa
help-safer-internet = Safer Internet -keskukset
help-parents-too = myös vanhemmille ja opettajille
help-find-helpline = Etsi lasten auttava puhelin
help-by-country = maittain
help-hotlines = vihjepalvelut
help-report-anonymously = ilmoita nimettömästi, maittain

## The public record of a case

record-title = Julkiset tiedot
record-heading = Asian julkiset tiedot
record-in-force = Tässä verkossa voimassa olevat listat kertovat tästä asiasta seuraavaa:
record-none = Tässä verkossa voimassa olevissa listoissa ei ole asiaa, jolla olisi tämä numero.
record-service = Palvelu
record-service-withheld = Ei näytetä, jotta kukaan ei löydä palvelua näiden tietojen avulla.
record-rules = Estetyt verkkotunnukset

## About the service itself, on its own address

about-title = Tietoa estetyistä palveluista
about-heading = Joihinkin palveluihin ei pääse tästä verkosta
about-what = Jotkin palvelut ovat lainvastaisia, tai verkon ylläpitäjä on päättänyt estää ne. Kun tässä verkossa oleva laite kysyy, missä tällainen palvelu on, se ohjataan varoitussivulle.
about-told-heading = Mitä varoitussivulla kerrotaan
about-told = Miksi palvelu on estetty, kuka siitä on päättänyt, minkä lain nojalla ja millä asianumerolla, jos nämä tiedot ovat estettyjen palvelujen listassa. Sivulla kerrotaan myös, mistä saa apua.
about-kept-heading = Mitä sinusta tallennetaan
about-kept = Ei mitään. Nämä sivut eivät käytä evästeitä eivätkä tallenna tietoa siitä, kuka ne avasi tai mitä hän etsi.
about-contest-heading = Jos olet eri mieltä
about-contest = Jos listassa kerrotaan, kuka arvioi sen päätökset uudelleen, varoitussivulla on osoite ja asianumero.
about-run-by = Tämän verkon ylläpitäjä on { $operator }.

## Pages of one sentence

misdirected = Tätä palvelua ei ole estetty, tai sitä ei enää estetä
misdirected-sentence = Laitteesi ohjattiin tänne vanhentuneen tiedon vuoksi. Odota minuutti ja lataa sivu sitten uudelleen.
missing = Tällaista sivua ei ole
missing-sentence = Näistä sivuista kerrotaan täällä:
unreadable = Tätä pyyntöä ei voitu lukea
unreadable-sentence = Siitä ei käy selvästi ilmi, mitä palvelua se koskee.
read-only = Tätä sivua voi vain lukea
read-only-sentence = Sille ei voi lähettää mitään.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day }. { $month ->
    [1] tammikuuta
    [2] helmikuuta
    [3] maaliskuuta
    [4] huhtikuuta
    [5] toukokuuta
    [6] kesäkuuta
    [7] heinäkuuta
    [8] elokuuta
    [9] syyskuuta
    [10] lokakuuta
    [11] marraskuuta
   *[12] joulukuuta
} { $year }
region-AT = Itävalta
region-BE = Belgia
region-BG = Bulgaria
region-CY = Kypros
region-CZ = Tšekki
region-DE = Saksa
region-DK = Tanska
region-EE = Viro
region-ES = Espanja
region-FI = Suomi
region-FR = Ranska
region-GR = Kreikka
region-HR = Kroatia
region-HU = Unkari
region-IE = Irlanti
region-IT = Italia
region-LT = Liettua
region-LU = Luxemburg
region-LV = Latvia
region-MT = Malta
region-NL = Alankomaat
region-PL = Puola
region-PT = Portugali
region-RO = Romania
region-SE = Ruotsi
region-SI = Slovenia
region-SK = Slovakia
region-EU = Euroopan unioni
region-GB = Iso-Britannia
region-NO = Norja
region-IS = Islanti
region-LI = Liechtenstein
region-CH = Sveitsi
region-UA = Ukraina
region-TR = Turkki
region-RS = Serbia
region-MD = Moldova
region-US = Yhdysvallat
region-CA = Kanada
region-AU = Australia
region-NZ = Uusi-Seelanti
region-KR = Etelä-Korea
region-JP = Japani
region-CN = Kiina
region-TW = Taiwan
region-HK = Hongkong
region-SG = Singapore
region-IN = Intia
region-ID = Indonesia
region-MY = Malesia
region-PH = Filippiinit
region-TH = Thaimaa
region-VN = Vietnam
region-KE = Kenia
region-TZ = Tansania
region-UG = Uganda
region-RW = Ruanda
region-ZA = Etelä-Afrikka
region-NG = Nigeria
region-EG = Egypti
region-MA = Marokko
region-TN = Tunisia
region-SA = Saudi-Arabia
region-AE = Arabiemiirikunnat
region-BR = Brasilia
region-MX = Meksiko
region-AR = Argentiina
region-CL = Chile
region-CO = Kolumbia
