### Deutsch.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Deutsch
direction = ltr

## What stands around every page

leave = Diese Seite jetzt verlassen
leave-note = Der Browserverlauf wird dadurch nicht gelöscht.
leave-key = Zum Verlassen der Seite kann man auch dreimal die Esc-Taste drücken.
languages = Sprachen
back = Zurück zum Hinweis
private = Diese Seite setzt keine Cookies. Sie speichert weder Ihren Besuch noch das, wonach Sie gesucht haben.
    .pupil = Diese Seite speichert nicht, wer du bist oder wonach du gesucht hast.
help-dated = Liste der Hilfsangebote, Stand: { $date }.

## The block: what it is, and who decided

block-title = Zugang gesperrt
block-unlawful = Dieser Dienst ist hier rechtswidrig, und der Zugang dazu ist gesperrt
    .pupil = Dieser Dienst ist hier verboten, deshalb ist er gesperrt
block-plain = Dieser Dienst ist in diesem Netzwerk gesperrt
    .pupil = Dieser Dienst ist hier gesperrt
block-harm = Dienste wie dieser stellen mit KI gefälschte Nacktbilder von echten Menschen her, die dem nie zugestimmt haben. Das ist eine Form von Gewalt. Die Menschen auf diesen Bildern, darunter viele Mädchen und Frauen, können lange darunter leiden.
    .pupil = Dienste wie dieser machen mit KI gefälschte Nacktbilder von echten Menschen. Niemand hat diese Menschen gefragt, und es kann ihnen sehr lange wehtun.
block-by-authority = Eine Behörde hat entschieden, dass der Dienst nicht erreichbar sein darf. Auf dieser Seite steht, was sie entschieden hat und wie man die Entscheidung anfechten kann.
    .pupil = Das hat eine Behörde entschieden. Weiter unten steht, welche das war und was du tun kannst, wenn du das falsch findest.
block-by-operator = Der Dienst steht auf einer Liste, die der Betreiber dieses Netzwerks ausgewählt hat.
    .pupil = Die Leute, die sich um dieses Netzwerk kümmern, haben entschieden, den Dienst zu sperren.
decision = Die Entscheidung
decided-by = Entschieden von
operator = Der Betreiber dieses Netzwerks
legal-basis = Rechtsgrundlage
reference = Aktenzeichen
listed = Gesperrt seit
expires = Gesperrt bis
list = Liste

## The doors, in the words of the person who takes one

doors = Worum geht es?
door-image = Es geht um ein Bild von mir oder von einer Person, die ich kenne
    .pupil = Jemand hat ein Bild von mir gemacht oder geteilt, oder von jemandem, den ich kenne
door-talk = Ich möchte mit jemandem reden
door-worry = Mein eigenes Verhalten macht mir Sorgen
    .pupil = Ich mache mir Sorgen wegen etwas, das ich getan habe oder vielleicht tun werde
door-mistake = Ich bin aus Versehen hier, oder ich bin nicht einverstanden
    .pupil = Ich bin aus Versehen hier, oder ich finde die Sperre falsch
door-teachers = Für Lehrkräfte und Eltern

## “It is about an image of me”

image-heading = Sie sind nicht allein, und es ist nicht Ihre Schuld
    .pupil = Du bist nicht allein, und es ist nicht deine Schuld
image-comfort = Wenn jemand ein gefälschtes Bild von Ihnen gemacht oder geteilt hat, dann hat diese Person etwas Falsches getan, nicht Sie. Sie können Hilfe bekommen, ohne dass Ihnen jemand Vorwürfe macht. Das gilt auch für die Person, die Sie kennen.
    .pupil = Wenn jemand ein gefälschtes Bild von dir gemacht oder geteilt hat, dann hat diese Person etwas Falsches getan, nicht du. Es gibt Menschen, die dir helfen, und niemand darf dir die Schuld geben. Das gilt auch für die Person, die du kennst.
rights-heading = Ihre Rechte
    .pupil = Deine Rechte
right-law = In vielen Ländern ist es verboten, ein solches Bild ohne die Zustimmung der gezeigten Person zu machen oder zu teilen, auch wenn es mit KI gemacht wurde.
    .pupil = In vielen Ländern darf niemand so ein Bild machen oder teilen, auch dann nicht, wenn ein Computer es gemacht hat.
right-removal = Sie können Websites und Apps auffordern, das Bild zu löschen. Es gibt Stellen, die Ihnen kostenlos dabei helfen.
    .pupil = Du kannst verlangen, dass das Bild gelöscht wird. Es gibt Stellen, die dir dabei helfen, und das kostet nichts.
right-anonymous = Bei vielen Hilfetelefonen hört Ihnen jemand zu, ohne nach Ihrem Namen zu fragen.
    .pupil = Du kannst bei einem Hilfetelefon anrufen oder dorthin schreiben. Oft musst du nicht einmal deinen Namen sagen.
step-help = Zuerst: Hilfe holen
step-report = Dann: das Bild löschen lassen
step-report-note = Notieren Sie, wo das Bild ist und wann Sie es gesehen haben, und heben Sie Nachrichten darüber auf. Wenn die Person auf dem Bild unter 18 ist, speichern Sie das Bild nicht, und schicken Sie es niemandem.
    .pupil = Schreib auf, wo und wann du das Bild gesehen hast, und heb die Nachrichten darüber auf. Speichere das Bild nicht, und schick es niemandem, auch nicht als Beweis.
step-trust = Und: mit einer Vertrauensperson reden
step-trust-note = Eltern, jemand aus der Familie, eine Lehrkraft, eine Beratungsstelle, eine Freundin oder ein Freund. Sie müssen damit nicht allein bleiben.
    .pupil = Mama oder Papa, jemand anderes aus der Familie, eine Lehrerin oder ein Lehrer, jemand von der Schulsozialarbeit, eine gute Freundin oder ein guter Freund. Du musst das nicht allein schaffen.
threat-heading = Wenn Ihnen jemand droht
    .pupil = Wenn dir jemand droht
threat = Zahlen Sie nicht, und schicken Sie nichts mehr. Heben Sie die Nachrichten auf, denn sie zeigen, was passiert ist. Ein Hilfetelefon kann Ihnen helfen, die nächsten Schritte zu überlegen.
    .pupil = Bezahl nichts, und schick keine Bilder mehr, egal, was man dir schreibt. Heb die Nachrichten auf, und zeig sie einer erwachsenen Person, der du vertraust. Du musst keine Angst haben, Ärger zu bekommen.

## “I need to talk to someone”

talk-heading = Es gibt Menschen, die Ihnen zuhören
    .pupil = Es gibt Menschen, die dir zuhören
talk-comfort = Was auch immer Sie hierhergeführt hat: Sie können darüber reden. Niemand wird Ihnen Vorwürfe machen.
    .pupil = Egal, was es ist: Du kannst darüber reden. Niemand wird böse auf dich sein.

## “I am worried about what I do”

worry-heading = Wenn Ihnen Ihr eigenes Verhalten Sorgen macht
    .pupil = Wenn du dir wegen etwas Sorgen machst, das du getan hast oder vielleicht tun wirst
worry-comfort = Etwas ändern zu wollen, braucht Mut, und mit Hilfe kann es gelingen. Es gibt Menschen, mit denen Sie reden können und die Sie nicht verurteilen. Ihren Namen müssen Sie nicht nennen.
    .pupil = Es ist mutig, darüber nachzudenken. So ein Bild zu machen oder zu teilen, tut jemandem weh. Aber du kannst damit aufhören und es wiedergutmachen, und es gibt Menschen, die dir dabei helfen.
worry-stop = Das Wichtigste: Hören Sie jetzt damit auf. Machen und teilen Sie keine solchen Bilder mehr.
    .pupil = Das Wichtigste: Hör jetzt damit auf. Mach und teile keine solchen Bilder mehr.
worry-repair = Wenn Sie ein Bild geteilt haben, bitten Sie alle, die es haben, es zu löschen, und lassen Sie es aus dem Netz entfernen.
    .pupil = Wenn du ein Bild geteilt hast, sag es einer erwachsenen Person, der du vertraust, damit es schnell gelöscht werden kann.
worry-talk = Reden Sie mit jemandem. Die Menschen bei diesen Stellen hören so etwas jeden Tag.
    .pupil = Rede mit jemandem. Die Menschen bei den Hilfetelefonen hören so etwas jeden Tag.
worry-young = Sind Sie unter 18? Dann sind auch die Hilfetelefone für junge Menschen für Sie da.
    .pupil = Die Hilfetelefone für Kinder und Jugendliche sind auch für dich da.

## “I am here by mistake, or I disagree”

mistake-heading = Sie sind aus Versehen hier oder nicht einverstanden?
    .pupil = Wenn du aus Versehen hier bist oder die Sperre falsch findest
mistake-leave = Wenn Sie aus Versehen hier sind, müssen Sie nichts tun. Sie können die Seite einfach verlassen.
    .pupil = Wenn du aus Versehen hier bist, ist nichts Schlimmes passiert, und du bekommst keinen Ärger. Du kannst die Seite einfach verlassen.
mistake-appeal = Wenn Sie meinen, dass dieser Dienst nicht gesperrt sein sollte, können Sie die Entscheidung überprüfen lassen:
    .pupil = Wenn du meinst, dass dieser Dienst nicht gesperrt sein sollte, sprich mit einer erwachsenen Person darüber. Du oder diese Person kann darum bitten, dass die Entscheidung überprüft wird:
mistake-reference = Bitte geben Sie das Aktenzeichen an:
    .pupil = Schreib dieses Aktenzeichen in deine Nachricht:
mistake-subject = Antrag auf Überprüfung
mistake-operator = Bei Fragen zu diesem Netzwerk und seinen Sperren:
    .pupil = Wenn du Fragen hast, frag eine Lehrerin oder einen Lehrer, oder melde dich hier:
mistake-no-operator = Bei Fragen zu diesem Netzwerk und seinen Sperren wenden Sie sich bitte an die Stelle, die Ihnen den Zugang gibt: Ihren Internetanbieter, Ihre Schule oder Ihren Arbeitgeber.
    .pupil = Wenn du Fragen hast, frag eine Lehrerin, einen Lehrer oder die Person, die sich dort, wo du bist, um das Internet kümmert.
mistake-record = Was die Liste zu diesem Fall sagt, ist öffentlich:

## For teachers and parents

teachers-heading = Über gefälschte Nacktbilder sprechen
teachers-lead = Ein gewöhnliches Foto reicht aus, damit KI ein Bild herstellt, das jemanden nackt zeigt. Schülerinnen und Schüler tun das einander an. Die meisten Betroffenen sind Mädchen. Ein gefälschtes Bild kann genauso verletzen wie ein echtes.
teachers-class = Im Unterricht
teachers-class-consent = Fragen Sie, was Einverständnis bei einem Bild bedeutet: wenn es aufgenommen, wenn es verändert und wenn es weitergegeben wird.
teachers-class-person = Sprechen Sie über den Menschen, der gezeigt wird. Suchen Sie nie nach Beispielen, und zeigen Sie nie welche.
teachers-class-bystander = Vereinbaren Sie, was zu tun ist, wenn so ein Bild ankommt: nicht weiterschicken, zu der gezeigten Person halten, Erwachsenen Bescheid sagen.
teachers-class-whom = Sagen Sie, an wen man sich an Ihrer Schule wenden kann, und dass Hilfe holen kein Petzen ist.
teachers-incident = Wenn es passiert ist
teachers-incident-listen = Hören Sie zu, bleiben Sie ruhig, glauben Sie dem Kind und sagen Sie ihm, dass es keine Schuld hat.
teachers-incident-image = Kopieren Sie das Bild nicht, geben Sie es nicht weiter, und sehen Sie es nicht ohne Not an. Notieren Sie, wo es ist und wer Ihnen davon erzählt hat.
teachers-incident-protect = Klären Sie mit dem Kind, wer davon wissen muss, und schützen Sie es vor denen, die das Bild weitergeben.
teachers-incident-report = Lassen Sie das Bild mit Hilfe der unten genannten Stellen löschen, und informieren Sie die Behörden so, wie es das Recht Ihres Landes verlangt.
teachers-incident-others = Auch die, die so ein Bild gemacht haben, sind oft noch Kinder und brauchen beides: klare Grenzen und Hilfe.

## Whom each kind of help is for

need-danger = Wenn Sie jetzt in Gefahr sind
    .pupil = Wenn du gerade in Gefahr bist
need-danger-call = Wählen Sie den Notruf Ihres Landes.
    .pupil = Wähl den Notruf, oder bitte eine erwachsene Person, dort anzurufen.
need-talk-young = Mit jemandem reden: Kinder und Jugendliche
need-talk-anyone = Mit jemandem reden: jedes Alter
need-remove-young = Ein Bild löschen lassen: Person im Bild unter 18
need-remove-adult = Ein Bild löschen lassen: Person im Bild 18 oder älter
need-worried = Für Erwachsene, denen ihr eigenes Verhalten Sorgen macht

## In the directory of help services

help-emergency = Notruf
help-child-helplines = nationale Kinder- und Jugendtelefone
help-not-everywhere = nicht in jedem Land
help-safer-internet = Safer-Internet-Zentren
help-parents-too = auch für Eltern und Lehrkräfte
help-find-helpline = Ein Kinder- und Jugendtelefon finden
help-by-country = nach Ländern
help-hotlines = Meldestellen
help-report-anonymously = anonym melden, nach Ländern

## The public record of a case

record-title = Öffentliche Angaben
record-heading = Öffentliche Angaben zu einem Fall
record-in-force = Das sagen die Listen, die in diesem Netzwerk gelten, zu diesem Fall:
record-none = Keine Liste, die in diesem Netzwerk gilt, enthält einen Fall mit diesem Aktenzeichen.
record-service = Dienst
record-service-withheld = Wird nicht angezeigt, damit diese Angaben niemandem helfen, ihn zu finden.
record-rules = Gesperrte Domainnamen

## About the service itself, on its own address

about-title = Über gesperrte Dienste
about-heading = Manche Dienste sind aus diesem Netzwerk nicht erreichbar
about-what = Manche Dienste sind rechtswidrig, andere sperrt der Betreiber dieses Netzwerks aus eigener Entscheidung. Wenn ein Gerät in diesem Netzwerk fragt, wo ein solcher Dienst zu finden ist, wird es stattdessen zu einer Warnseite geleitet.
about-told-heading = Was auf der Warnseite steht
about-told = Warum der Dienst gesperrt ist, wer das entschieden hat, nach welchem Gesetz und unter welchem Aktenzeichen, soweit die Liste der gesperrten Dienste das angibt. Dort steht auch, wo es Hilfe gibt.
about-kept-heading = Was über Besuche gespeichert wird
about-kept = Nichts. Diese Seiten setzen keine Cookies und speichern nicht, wer sie geöffnet hat oder wonach gesucht wurde.
about-contest-heading = Nicht einverstanden?
about-contest = Wenn eine Liste angibt, wer ihre Entscheidungen überprüft, nennt die Warnseite die Adresse und das Aktenzeichen.
about-run-by = Betreiber dieses Netzwerks: { $operator }.

## Pages of one sentence

misdirected = Dieser Dienst ist nicht oder nicht mehr gesperrt
misdirected-sentence = Eine ältere Antwort hat dieses Gerät hierher geleitet. Bitte eine Minute warten und die Seite dann neu laden.
missing = Diese Seite gibt es nicht
missing-sentence = Was es mit diesen Seiten auf sich hat, steht hier:
unreadable = Diese Anfrage konnte nicht gelesen werden
unreadable-sentence = Aus ihr geht nicht klar hervor, für welchen Dienst sie bestimmt ist.
read-only = Diese Seite kann nur gelesen werden
read-only-sentence = Es kann nichts an sie gesendet werden.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day }. { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
} { $year }
region-AT = Österreich
region-BE = Belgien
region-BG = Bulgarien
region-CY = Zypern
region-CZ = Tschechien
region-DE = Deutschland
region-DK = Dänemark
region-EE = Estland
region-ES = Spanien
region-FI = Finnland
region-FR = Frankreich
region-GR = Griechenland
region-HR = Kroatien
region-HU = Ungarn
region-IE = Irland
region-IT = Italien
region-LT = Litauen
region-LU = Luxemburg
region-LV = Lettland
region-MT = Malta
region-NL = Niederlande
region-PL = Polen
region-PT = Portugal
region-RO = Rumänien
region-SE = Schweden
region-SI = Slowenien
region-SK = Slowakei
region-EU = Europäische Union
region-GB = Vereinigtes Königreich
region-NO = Norwegen
region-IS = Island
region-LI = Liechtenstein
region-CH = Schweiz
region-UA = Ukraine
region-TR = Türkei
region-RS = Serbien
region-MD = Republik Moldau
region-US = Vereinigte Staaten
region-CA = Kanada
region-AU = Australien
region-NZ = Neuseeland
region-KR = Südkorea
region-JP = Japan
region-CN = China
region-TW = Taiwan
region-HK = Hongkong
region-SG = Singapur
region-IN = Indien
region-ID = Indonesien
region-MY = Malaysia
region-PH = Philippinen
region-TH = Thailand
region-VN = Vietnam
region-KE = Kenia
region-TZ = Tansania
region-UG = Uganda
region-RW = Ruanda
region-ZA = Südafrika
region-NG = Nigeria
region-EG = Ägypten
region-MA = Marokko
region-TN = Tunesien
region-SA = Saudi-Arabien
region-AE = Vereinigte Arabische Emirate
region-BR = Brasilien
region-MX = Mexiko
region-AR = Argentinien
region-CL = Chile
region-CO = Kolumbien
