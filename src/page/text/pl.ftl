### Polski.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Polski
direction = ltr

## What stands around every page

leave = Opuść tę stronę
leave-note = Historia przeglądania nie zostanie usunięta.
leave-key = Tę stronę możesz też opuścić, naciskając trzy razy klawisz Escape (Esc).
languages = Języki
back = Powrót do informacji o blokadzie
private = Ta strona nie zapisuje plików cookie. Nie zachowuje informacji o twojej wizycie ani o tym, czego szukasz.
    .pupil = Ta strona nie zapisuje, kim jesteś ani czego szukasz.
help-dated = Lista miejsc, w których można znaleźć pomoc: stan na { $date } r.

## The block: what it is, and who decided

block-title = Dostęp zablokowany
block-unlawful = Ten serwis jest tu niezgodny z prawem i dostęp do niego jest zablokowany
    .pupil = Ten serwis jest tu niezgodny z prawem, dlatego jest zablokowany
block-plain = Ten serwis jest zablokowany w tej sieci
    .pupil = Ten serwis jest tu zablokowany
block-harm = Takie serwisy używają sztucznej inteligencji (AI) do tworzenia fałszywych nagich zdjęć prawdziwych osób, które nigdy się na to nie zgodziły. To forma przemocy. Osoby pokazane na zdjęciach, wśród nich wiele dziewcząt i kobiet, mogą długo z tego powodu cierpieć.
    .pupil = Takie serwisy używają sztucznej inteligencji (AI), żeby robić fałszywe nagie zdjęcia prawdziwych ludzi. Nikt tych ludzi nie zapytał o zgodę, a takie zdjęcie może krzywdzić bardzo długo.
block-by-authority = Organ publiczny zdecydował, że ten serwis ma być niedostępny. Na tej stronie znajdziesz informacje o decyzji i o tym, jak można ją zakwestionować.
    .pupil = Zdecydował o tym urząd. Niżej przeczytasz, który to urząd i co zrobić, jeśli uważasz, że to niesłuszne.
block-by-operator = Ten serwis jest na liście wybranej przez operatora tej sieci.
    .pupil = Osoby, które dbają o tę sieć, postanowiły go zablokować.
decision = Decyzja
decided-by = Kto zdecydował
operator = Operator tej sieci
legal-basis = Podstawa prawna
reference = Numer sprawy
listed = Blokada od
expires = Blokada do
list = Lista

## The doors, in the words of the person who takes one

doors = Co cię tu sprowadza?
door-image = Chodzi o zdjęcie, na którym jestem ja albo ktoś, kogo znam
    .pupil = Ktoś zrobił albo udostępnił zdjęcie, na którym jestem ja lub ktoś, kogo znam
door-talk = Potrzebuję z kimś porozmawiać
door-worry = Martwi mnie to, co robię
    .pupil = Martwi mnie coś, co zrobiłam/zrobiłem albo być może zrobię
door-mistake = Jestem tu przez pomyłkę albo nie zgadzam się z blokadą
    .pupil = Jestem tu przypadkiem albo myślę, że ta blokada jest niesłuszna
door-teachers = Dla nauczycieli i rodziców

## “It is about an image of me”

image-heading = To nie twoja wina i nie musisz radzić sobie z tym w pojedynkę
    .pupil = To nie twoja wina i nie musisz radzić sobie z tym w pojedynkę
image-comfort = Jeśli ktoś zrobił lub udostępnił fałszywe zdjęcie, na którym jesteś, to ta osoba postąpiła źle, a nie ty. Możesz dostać pomoc i nikt nie będzie cię obwiniać. Tak samo jest, gdy chodzi o kogoś, kogo znasz.
    .pupil = Jeśli ktoś zrobił lub udostępnił fałszywe zdjęcie, na którym jesteś, to ta osoba zrobiła coś złego, a nie ty. Są ludzie, którzy ci pomogą, i nikt nie powinien cię obwiniać. Tak samo jest, gdy chodzi o kogoś, kogo znasz.
rights-heading = Twoje prawa
    .pupil = Twoje prawa
right-law = W wielu krajach prawo zabrania tworzenia i udostępniania takich zdjęć bez zgody osoby, która na nich jest, nawet jeśli stworzyła je sztuczna inteligencja.
    .pupil = W wielu krajach nikomu nie wolno robić ani udostępniać takich zdjęć, nawet jeśli stworzył je komputer.
right-removal = Możesz poprosić strony i aplikacje o usunięcie zdjęcia. Są bezpłatne usługi, które ci w tym pomogą.
    .pupil = Możesz poprosić, żeby zdjęcie usunięto z internetu. Są miejsca, które w tym pomagają, i nic to nie kosztuje.
right-anonymous = W wielu telefonach zaufania można rozmawiać bez podawania imienia i nazwiska.
    .pupil = Możesz zadzwonić albo napisać do telefonu zaufania. Często nie musisz nawet mówić, jak się nazywasz.
step-help = Najpierw: poszukaj pomocy
step-report = Potem: zgłoś zdjęcie do usunięcia
step-report-note = Zanotuj, gdzie i kiedy zdjęcie było widoczne, i zachowaj wiadomości, które się z nim wiążą. Jeśli osoba na zdjęciu nie ma jeszcze 18 lat, nie zapisuj samego zdjęcia i nikomu go nie wysyłaj.
    .pupil = Zanotuj, gdzie i kiedy zdjęcie było widoczne, i zachowaj wiadomości na jego temat. Samego zdjęcia nie zapisuj i nikomu go nie wysyłaj, nawet jako dowodu.
step-trust = I jeszcze: powiedz komuś, komu ufasz
step-trust-note = To może być ktoś z rodziców lub rodziny, nauczycielka lub nauczyciel, szkolny psycholog albo pedagog, ktoś zaprzyjaźniony. Nie musisz dźwigać tego w pojedynkę.
    .pupil = To może być mama, tata, ktoś inny z rodziny, nauczycielka lub nauczyciel, szkolna pielęgniarka, ktoś, z kim się przyjaźnisz. Nie musisz radzić sobie z tym w pojedynkę.
threat-heading = Jeśli ktoś ci grozi
    .pupil = Jeśli ktoś ci grozi
threat = Nie płać i nie wysyłaj nic więcej. Zachowaj wiadomości od tej osoby: pokazują, co się stało. Telefon zaufania może pomóc ci zdecydować, co dalej.
    .pupil = Nie płać i nie wysyłaj więcej zdjęć, bez względu na to, co mówi ta osoba. Zachowaj jej wiadomości i pokaż je komuś dorosłemu, komu ufasz. Nie będziesz mieć przez to kłopotów.

## “I need to talk to someone”

talk-heading = Ktoś cię wysłucha
    .pupil = Jest ktoś, kto cię wysłucha
talk-comfort = Cokolwiek cię tu sprowadza, możesz o tym porozmawiać. Nikt nie będzie cię obwiniać.
    .pupil = Cokolwiek to jest, możesz o tym porozmawiać. Nikt nie będzie na ciebie zły.

## “I am worried about what I do”

worry-heading = Jeśli martwi cię to, co robisz
    .pupil = Jeśli martwi cię coś, co zrobiłaś/zrobiłeś albo być może zrobisz
worry-comfort = Żeby chcieć coś zmienić, trzeba odwagi, a z pomocą można to zrobić. Możesz porozmawiać z osobami, które nie będą cię oceniać, i nie musisz mówić, jak się nazywasz.
    .pupil = To odważne, że o tym myślisz. Kiedy ktoś robi lub udostępnia takie zdjęcie, krzywdzi inną osobę. Możesz jednak przestać i naprawić to, co się da. Są ludzie, którzy ci w tym pomogą.
worry-stop = Możesz przestać od razu. Nie twórz i nie udostępniaj nic więcej.
    .pupil = Możesz przestać od razu. Nie rób i nie udostępniaj więcej takich zdjęć.
worry-repair = Jeśli zdjęcie trafiło od ciebie do innych, poproś te osoby, żeby je skasowały, i zgłoś zdjęcie do usunięcia.
    .pupil = Jeśli zdjęcie trafiło od ciebie do innych, powiedz o tym komuś dorosłemu, komu ufasz. Wtedy da się je szybko usunąć.
worry-talk = Porozmawiaj z kimś. Osoby, które pracują w takich miejscach, słyszą o takich sprawach codziennie.
    .pupil = Porozmawiaj z kimś. Osoby w telefonach zaufania słyszą o takich sprawach codziennie.
worry-young = Jeśli nie masz jeszcze 18 lat, telefony zaufania dla młodych są także dla ciebie.
    .pupil = Telefony zaufania dla dzieci i młodzieży są także dla ciebie.

## “I am here by mistake, or I disagree”

mistake-heading = Jeśli jesteś tu przez pomyłkę albo nie zgadzasz się z blokadą
    .pupil = Jeśli jesteś tu przypadkiem albo myślisz, że ta blokada jest niesłuszna
mistake-leave = Jeśli jesteś tu przypadkiem, nie musisz nic robić. Możesz po prostu opuścić tę stronę.
    .pupil = Jeśli jesteś tu przypadkiem, nic złego się nie stało i nie masz kłopotów. Możesz po prostu opuścić tę stronę.
mistake-appeal = Jeśli uważasz, że ten serwis nie powinien być zablokowany, możesz poprosić o ponowne rozpatrzenie sprawy:
    .pupil = Jeśli uważasz, że ten serwis nie powinien być zablokowany, porozmawiaj o tym z kimś dorosłym. Ty albo ta osoba możecie poprosić o ponowne rozpatrzenie sprawy:
mistake-reference = Prosimy podać numer sprawy:
    .pupil = Wpisz w wiadomości ten numer sprawy:
mistake-subject = Wniosek o ponowne rozpatrzenie sprawy
mistake-operator = Pytania o tę sieć i o to, co jest w niej blokowane:
    .pupil = Jeśli masz pytania, zapytaj nauczycielkę lub nauczyciela albo napisz tutaj:
mistake-no-operator = Jeśli masz pytania o tę sieć i o to, co jest w niej blokowane, zwróć się do tego, kto ci ją udostępnia: dostawcy internetu, szkoły lub pracodawcy.
    .pupil = Jeśli masz pytania, zapytaj nauczycielkę, nauczyciela albo osobę, która dba o internet tam, gdzie jesteś.
mistake-record = Informacje o tej sprawie zapisane na liście są publiczne:

## For teachers and parents

teachers-heading = Jak rozmawiać o fałszywych nagich zdjęciach
teachers-lead = Sztucznej inteligencji wystarczy zwykła fotografia, żeby stworzyć zdjęcie, na którym ktoś jest nagi. Uczniowie robią to innym uczniom. Na takich zdjęciach są najczęściej dziewczęta. Fałszywe zdjęcie może zranić tak samo jak prawdziwe.
teachers-class = Na lekcji
teachers-class-consent = Zapytaj, co znaczy zgoda, gdy ktoś robi zdjęcie, gdy je przerabia i gdy przesyła je dalej.
teachers-class-person = Mów o osobie, która jest na zdjęciu. Nigdy nie szukaj przykładów i żadnych nie pokazuj.
teachers-class-bystander = Ustalcie, co robić, gdy ktoś dostanie takie zdjęcie: nie przesyłać go dalej, stanąć po stronie osoby, która na nim jest, powiedzieć komuś dorosłemu.
teachers-class-whom = Powiedz, do kogo w szkole można z tym przyjść i że powiedzieć o tym to nie znaczy donosić.
teachers-incident = Gdy to się już stało
teachers-incident-listen = Wysłuchaj, zachowaj spokój, uwierz dziecku i powiedz, że to nie jego wina.
teachers-incident-image = Nie kopiuj zdjęcia, nie przesyłaj go dalej i nie oglądaj go bez potrzeby. Zanotuj, gdzie ono jest i od kogo o nim wiesz.
teachers-incident-protect = Ustal z dzieckiem, kto musi o tym wiedzieć, i chroń je przed osobami, które przesyłają zdjęcie dalej.
teachers-incident-report = Zgłoś zdjęcie do usunięcia w miejscach podanych niżej i zawiadom odpowiednie organy, tak jak wymaga tego prawo w twoim kraju.
teachers-incident-others = Osoby, które zrobiły takie zdjęcie, to często także dzieci. Potrzebują jasnych granic i pomocy.

## Whom each kind of help is for

need-danger = Jeśli grozi ci teraz niebezpieczeństwo
    .pupil = Jeśli właśnie teraz grozi ci niebezpieczeństwo
need-danger-call = Zadzwoń na numer alarmowy w swoim kraju.
    .pupil = Zadzwoń na numer alarmowy albo poproś o to kogoś dorosłego.
need-talk-young = Rozmowa: dzieci i młodzież
need-talk-anyone = Rozmowa: w każdym wieku
need-remove-young = Usunięcie zdjęcia: jest na nim osoba poniżej 18 lat
need-remove-adult = Usunięcie zdjęcia: jest na nim osoba, która ma 18 lat lub więcej
need-worried = Dla dorosłych, których martwi własne zachowanie

## In the directory of help services

help-emergency = służby ratunkowe
help-child-helplines = krajowe telefony zaufania dla dzieci i młodzieży
help-not-everywhere = nie w każdym kraju
help-safer-internet = Centra Programu Safer Internet
help-parents-too = także dla rodziców i nauczycieli
help-find-helpline = Znajdź telefon zaufania dla dzieci i młodzieży
help-by-country = według krajów
help-hotlines = punkty zgłaszania nielegalnych treści
help-report-anonymously = anonimowe zgłoszenia, według krajów

## The public record of a case

record-title = Publiczny wpis
record-heading = Publiczny wpis o sprawie
record-in-force = Co o tej sprawie mówią listy, które obowiązują w tej sieci:
record-none = Na żadnej liście, która obowiązuje w tej sieci, nie ma sprawy o tym numerze.
record-service = Serwis
record-service-withheld = Nazwa nie jest pokazana, żeby ten wpis nikomu nie pomagał znaleźć tego serwisu.
record-rules = Zablokowane nazwy domen

## About the service itself, on its own address

about-title = O zablokowanych serwisach
about-heading = Niektóre serwisy są niedostępne z tej sieci
about-what = Niektóre serwisy są niezgodne z prawem albo zablokowane z wyboru tych, którzy prowadzą tę sieć. Gdy urządzenie w tej sieci pyta, gdzie jest taki serwis, trafia zamiast tego na stronę z ostrzeżeniem.
about-told-heading = Co mówi strona z ostrzeżeniem
about-told = Dlaczego serwis jest zablokowany, kto o tym zdecydował, na jakiej podstawie prawnej i jaki jest numer sprawy, o ile podaje to lista zablokowanych serwisów. Strona mówi też, gdzie znaleźć pomoc.
about-kept-heading = Jakie informacje o tobie są przechowywane
about-kept = Żadne. Te strony nie zapisują plików cookie ani tego, kto je otworzył i czego szukał.
about-contest-heading = Jeśli się nie zgadzasz
about-contest = Jeśli lista podaje, kto ponownie rozpatruje jej decyzje, strona z ostrzeżeniem podaje adres i numer sprawy.
about-run-by = Tę sieć prowadzi { $operator }.

## Pages of one sentence

misdirected = Ten serwis nie jest (lub już nie jest) zablokowany
misdirected-sentence = Twoje urządzenie trafiło tu na podstawie starszej odpowiedzi. Poczekaj minutę i odśwież tę stronę.
missing = Nie ma takiej strony
missing-sentence = Wyjaśnienie, czym są te strony:
unreadable = Nie udało się odczytać tego zapytania
unreadable-sentence = Nie wynika z niego jasno, jakiego serwisu dotyczy.
read-only = Tę stronę można tylko czytać
read-only-sentence = Nie można na nią nic wysłać.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day } { $month ->
    [1] stycznia
    [2] lutego
    [3] marca
    [4] kwietnia
    [5] maja
    [6] czerwca
    [7] lipca
    [8] sierpnia
    [9] września
    [10] października
    [11] listopada
   *[12] grudnia
} { $year }
region-AT = Austria
region-BE = Belgia
region-BG = Bułgaria
region-CY = Cypr
region-CZ = Czechy
region-DE = Niemcy
region-DK = Dania
region-EE = Estonia
region-ES = Hiszpania
region-FI = Finlandia
region-FR = Francja
region-GR = Grecja
region-HR = Chorwacja
region-HU = Węgry
region-IE = Irlandia
region-IT = Włochy
region-LT = Litwa
region-LU = Luksemburg
region-LV = Łotwa
region-MT = Malta
region-NL = Holandia
region-PL = Polska
region-PT = Portugalia
region-RO = Rumunia
region-SE = Szwecja
region-SI = Słowenia
region-SK = Słowacja
region-EU = Unia Europejska
region-GB = Wielka Brytania
region-NO = Norwegia
region-IS = Islandia
region-LI = Liechtenstein
region-CH = Szwajcaria
region-UA = Ukraina
region-TR = Turcja
region-RS = Serbia
region-MD = Mołdawia
region-US = Stany Zjednoczone
region-CA = Kanada
region-AU = Australia
region-NZ = Nowa Zelandia
region-KR = Korea Południowa
region-JP = Japonia
region-CN = Chiny
region-TW = Tajwan
region-HK = Hongkong
region-SG = Singapur
region-IN = Indie
region-ID = Indonezja
region-MY = Malezja
region-PH = Filipiny
region-TH = Tajlandia
region-VN = Wietnam
region-KE = Kenia
region-TZ = Tanzania
region-UG = Uganda
region-RW = Rwanda
region-ZA = Republika Południowej Afryki
region-NG = Nigeria
region-EG = Egipt
region-MA = Maroko
region-TN = Tunezja
region-SA = Arabia Saudyjska
region-AE = Zjednoczone Emiraty Arabskie
region-BR = Brazylia
region-MX = Meksyk
region-AR = Argentyna
region-CL = Chile
region-CO = Kolumbia
