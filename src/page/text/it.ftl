### Italiano.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Italiano
direction = ltr

## What stands around every page

leave = Esci subito da questa pagina
leave-note = La cronologia di navigazione non viene cancellata.
leave-key = Si può uscire anche premendo tre volte il tasto Esc.
languages = Lingue
back = Torna all’avviso
private = Questa pagina non usa cookie. Non conserva traccia della tua visita né di quello che cercavi.
    .pupil = Questa pagina non registra chi sei né che cosa cercavi.
help-dated = Elenco dei servizi di aiuto (ultimo aggiornamento: { $date }).

## The block: what it is, and who decided

block-title = Accesso bloccato
block-unlawful = Qui questo servizio è illegale, e l’accesso è bloccato
    .pupil = Qui questo servizio è vietato dalla legge, perciò è bloccato
block-plain = Questo servizio è bloccato su questa rete
    .pupil = Qui questo servizio è bloccato
block-harm = Servizi come questo usano l’intelligenza artificiale (IA) per creare false immagini di nudo di persone reali, che non hanno mai dato il loro consenso. È una forma di violenza, e le persone mostrate, tra cui molte ragazze e donne, possono soffrirne a lungo.
    .pupil = Servizi come questo usano l’intelligenza artificiale (IA) per creare immagini false in cui persone vere appaiono nude. Nessuno ha chiesto il permesso a queste persone, e tutto questo può farle stare male per molto tempo.
block-by-authority = Un’autorità pubblica ha deciso che questo servizio non deve essere raggiungibile. In questa pagina trovi la decisione e il modo per contestarla.
    .pupil = Lo ha deciso un’autorità pubblica. Più in basso puoi leggere quale, e che cosa fare se pensi che sia un errore.
block-by-operator = Questo servizio è in una lista scelta dal gestore di questa rete.
    .pupil = Chi si occupa di questa rete ha scelto di bloccare questo servizio.
decision = La decisione
decided-by = Decisione presa da
operator = Il gestore di questa rete
legal-basis = Norma di legge
reference = Numero della pratica
listed = Inizio del blocco
expires = Fine del blocco
list = Lista

## The doors, in the words of the person who takes one

doors = Che cosa ti porta qui?
door-image = Si tratta di un’immagine mia, o di una persona che conosco
    .pupil = Qualcuno ha creato o condiviso un’immagine mia, o di una persona che conosco
door-talk = Ho bisogno di parlare con qualcuno
door-worry = Mi preoccupa quello che faccio
    .pupil = Mi preoccupa qualcosa che ho fatto, o che potrei fare
door-mistake = Sono qui per errore, oppure non sono d’accordo
    .pupil = Sono qui per caso, oppure penso che questo servizio non dovrebbe essere bloccato
door-teachers = Per insegnanti e genitori

## “It is about an image of me”

image-heading = Non è colpa tua, e c’è chi sta dalla tua parte
    .pupil = Non è colpa tua, e c’è chi sta dalla tua parte
image-comfort = Se qualcuno ha creato o condiviso un’immagine falsa di te, è quella persona ad avere sbagliato, non tu. Puoi ricevere aiuto senza che nessuno ti dia la colpa. Lo stesso vale per la persona che conosci.
    .pupil = Se qualcuno ha creato o condiviso un’immagine falsa di te, è quella persona che ha fatto una cosa sbagliata, non tu. C’è chi ti aiuta, e nessuno deve darti la colpa. Lo stesso vale per la persona che conosci.
rights-heading = I tuoi diritti
    .pupil = I tuoi diritti
right-law = In molti Paesi la legge vieta di creare o condividere un’immagine di questo tipo senza il consenso della persona mostrata, anche se è stata creata con l’IA.
    .pupil = In molti Paesi è vietato creare o condividere un’immagine così, anche se l’ha fatta un computer.
right-removal = Puoi chiedere a siti e app di rimuovere l’immagine. Ci sono servizi gratuiti che ti aiutano a farlo.
    .pupil = Puoi chiedere che l’immagine venga rimossa. Ci sono servizi che ti aiutano, e non costano niente.
right-anonymous = Con molte linee di ascolto puoi parlare senza dire il tuo nome.
    .pupil = Puoi chiamare una linea di ascolto o scriverle. Spesso non serve nemmeno dire come ti chiami.
step-help = Per prima cosa: trovare aiuto
step-report = Poi: far rimuovere l’immagine
step-report-note = Annota dove si trova l’immagine e quando l’hai vista, e conserva i messaggi che ne parlano. Se la persona mostrata ha meno di 18 anni, non salvare e non inviare l’immagine stessa.
    .pupil = Scrivi dove e quando hai visto l’immagine, e conserva i messaggi che ne parlano. Non salvare l’immagine e non mandarla a nessuno, nemmeno come prova.
step-trust = E anche: parlarne con una persona di fiducia
step-trust-note = Un genitore, qualcuno della famiglia, un’insegnante, uno psicologo, un’amica. Non devi tenerti tutto dentro.
    .pupil = La mamma o il papà, un’altra persona della famiglia, un o una prof, lo psicologo o la psicologa della scuola, una buona amica o un buon amico. Non devi affrontare tutto questo senza aiuto.
threat-heading = Se qualcuno ti minaccia
    .pupil = Se qualcuno ti minaccia
threat = Non pagare e non inviare altro. Conserva i messaggi: mostrano che cosa è successo. Una linea di ascolto può aiutarti a decidere che cosa fare.
    .pupil = Non pagare e non mandare altre immagini, qualunque cosa ti dicano. Conserva i messaggi e mostrali a un adulto di cui ti fidi. Non avere paura di finire nei guai: è chi ti minaccia che sta sbagliando, non tu.

## “I need to talk to someone”

talk-heading = Troverai chi ti ascolta
    .pupil = Ci sono persone pronte ad ascoltarti
talk-comfort = Qualunque cosa ti abbia portato qui, puoi parlarne. Nessuno ti darà la colpa.
    .pupil = Qualunque cosa sia, puoi parlarne. Nessuno si arrabbierà con te.

## “I am worried about what I do”

worry-heading = Se ti preoccupa quello che fai
    .pupil = Se ti preoccupa qualcosa che hai fatto, o che potresti fare
worry-comfort = Voler cambiare qualcosa richiede coraggio, e con un aiuto si può fare. Ci sono persone con cui parlare che non ti giudicano, e non è necessario dire il tuo nome.
    .pupil = Ci vuole coraggio per pensarci. Creare o condividere un’immagine così fa male a qualcuno, ma puoi smettere e rimediare, e ci sono persone che ti aiutano a farlo.
worry-stop = Fermati qui. Non creare e non condividere altro.
    .pupil = Fermati qui. Non creare e non condividere altre immagini.
worry-repair = Se hai condiviso un’immagine, chiedi a chi ce l’ha di cancellarla, e falla rimuovere.
    .pupil = Se hai condiviso un’immagine, dillo a un adulto di cui ti fidi, così può essere rimossa in fretta.
worry-talk = Parlane con qualcuno. Chi lavora in questi servizi sente cose simili ogni giorno.
    .pupil = Parlane con qualcuno. Chi risponde a queste linee di ascolto sente cose simili ogni giorno.
worry-young = Se hai meno di 18 anni, le linee di ascolto per bambini e adolescenti ci sono anche per te.
    .pupil = Le linee di ascolto per bambini e adolescenti ci sono anche per te.

## “I am here by mistake, or I disagree”

mistake-heading = Se sei qui per errore o non sei d’accordo
    .pupil = Se sei qui per caso, o pensi che questo servizio non dovrebbe essere bloccato
mistake-leave = Se ti trovi qui per caso, non devi fare nulla. Puoi semplicemente uscire dalla pagina.
    .pupil = Se ti trovi qui per caso, non è successo niente di grave e non avrai problemi per questo. Puoi semplicemente uscire dalla pagina.
mistake-appeal = Se pensi che questo servizio non dovrebbe essere bloccato, puoi chiedere il riesame della decisione:
    .pupil = Se pensi che questo servizio non dovrebbe essere bloccato, parlane con un adulto. Tu o questa persona potete chiedere che la decisione sia riesaminata:
mistake-reference = Indica il numero della pratica:
    .pupil = Scrivi questo numero di pratica nel tuo messaggio:
mistake-subject = Richiesta di riesame
mistake-operator = Per domande su questa rete e su ciò che blocca:
    .pupil = Se hai domande, chiedi ai tuoi insegnanti o scrivi qui:
mistake-no-operator = Per domande su questa rete e su ciò che blocca, rivolgiti a chi te la fornisce: il tuo fornitore di Internet, la tua scuola, il tuo datore di lavoro.
    .pupil = Se hai domande, chiedi ai tuoi insegnanti, o a chi si occupa di Internet dove ti trovi.
mistake-record = Quello che la lista dice di questa pratica è pubblico:

## For teachers and parents

teachers-heading = Parlare delle false immagini di nudo
teachers-lead = Basta una foto qualsiasi perché l’IA crei un’immagine in cui una persona appare nuda. Ci sono studenti che lo fanno ad altri studenti. Le persone mostrate sono per lo più ragazze. Un’immagine falsa può ferire quanto una vera.
teachers-class = In classe
teachers-class-consent = Chiedere alla classe che cosa significa il consenso per un’immagine: quando viene scattata, quando viene modificata, quando viene inoltrata.
teachers-class-person = Parlare della persona mostrata. Non cercare mai esempi e non mostrarne mai.
teachers-class-bystander = Concordare che cosa fare quando arriva un’immagine così: non inoltrarla, stare dalla parte della persona mostrata, dirlo a un adulto.
teachers-class-whom = Dire a chi ci si può rivolgere a scuola, e che raccontare non vuol dire fare la spia.
teachers-incident = Quando è successo
teachers-incident-listen = Ascoltare, mantenere la calma, credere alla ragazza o al ragazzo e dire che non è colpa sua.
teachers-incident-image = Non copiare e non inoltrare l’immagine, e non guardarla se non è necessario. Annotare dove si trova e chi ne ha parlato.
teachers-incident-protect = Decidere insieme alla persona mostrata chi deve saperlo, e proteggerla da chi fa circolare l’immagine.
teachers-incident-report = Far rimuovere l’immagine con i servizi indicati qui sotto e informare le autorità come prevede la legge.
teachers-incident-others = Spesso anche chi ha creato l’immagine è minorenne. Ha bisogno di limiti chiari, e di aiuto.

## Whom each kind of help is for

need-danger = Se sei in pericolo adesso
    .pupil = Se sei in pericolo in questo momento
need-danger-call = Chiama i servizi di emergenza del tuo Paese.
    .pupil = Chiama il numero di emergenza, o chiedi a un adulto di chiamarlo.
need-talk-young = Parlare con qualcuno: bambini e adolescenti
need-talk-anyone = Parlare con qualcuno: a qualsiasi età
need-remove-young = Far rimuovere un’immagine: meno di 18 anni nell’immagine
need-remove-adult = Far rimuovere un’immagine: 18 anni o più nell’immagine
need-worried = Per adulti preoccupati per il proprio comportamento

## In the directory of help services

help-emergency = servizi di emergenza
help-child-helplines = linee nazionali di ascolto per bambini e adolescenti
help-not-everywhere = non in tutti i Paesi
help-safer-internet = Centri per un Internet più sicuro
help-parents-too = anche per genitori e insegnanti
help-find-helpline = Trova una linea di ascolto per bambini e adolescenti
help-by-country = per Paese
help-hotlines = servizi di segnalazione
help-report-anonymously = segnalazione anonima, per Paese

## The public record of a case

record-title = Scheda pubblica
record-heading = Scheda pubblica di una pratica
record-in-force = Che cosa dicono di questa pratica le liste in vigore su questa rete:
record-none = Nessuna lista in vigore su questa rete contiene una pratica con questo numero.
record-service = Servizio
record-service-withheld = Non mostrato, perché questa scheda non aiuti nessuno a trovarlo.
record-rules = Nomi di dominio bloccati

## About the service itself, on its own address

about-title = Informazioni sui servizi bloccati
about-heading = Alcuni servizi non sono raggiungibili da questa rete
about-what = Alcuni servizi sono illegali, o sono bloccati per scelta di chi gestisce questa rete. Quando un dispositivo di questa rete chiede dove si trova uno di questi servizi, viene indirizzato a una pagina di avviso.
about-told-heading = Che cosa dice la pagina di avviso
about-told = Perché il servizio è bloccato, chi lo ha deciso, in base a quale legge e con quale numero di pratica, per quanto indicato nella lista dei servizi bloccati. Dice anche dove trovare aiuto.
about-kept-heading = Che cosa viene conservato su di te
about-kept = Nulla. Queste pagine non usano cookie e non conservano traccia di chi le ha aperte né di che cosa cercava.
about-contest-heading = Se non sei d’accordo
about-contest = Se una lista indica chi riesamina le sue decisioni, la pagina di avviso riporta l’indirizzo e il numero della pratica.
about-run-by = Gestore di questa rete: { $operator }.

## Pages of one sentence

misdirected = Questo servizio non è bloccato, o non lo è più
misdirected-sentence = Il tuo dispositivo è stato indirizzato qui da una risposta meno recente. Attendi un minuto, poi ricarica la pagina.
missing = Questa pagina non esiste
missing-sentence = Queste pagine sono spiegate qui:
unreadable = Non è stato possibile leggere questa richiesta
unreadable-sentence = Non indica chiaramente quale servizio riguarda.
read-only = Questa pagina si può solo leggere
read-only-sentence = Non si può inviarle nulla.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day } { $month ->
    [1] gennaio
    [2] febbraio
    [3] marzo
    [4] aprile
    [5] maggio
    [6] giugno
    [7] luglio
    [8] agosto
    [9] settembre
    [10] ottobre
    [11] novembre
   *[12] dicembre
} { $year }
region-AT = Austria
region-BE = Belgio
region-BG = Bulgaria
region-CY = Cipro
region-CZ = Cechia
region-DE = Germania
region-DK = Danimarca
region-EE = Estonia
region-ES = Spagna
region-FI = Finlandia
region-FR = Francia
region-GR = Grecia
region-HR = Croazia
region-HU = Ungheria
region-IE = Irlanda
region-IT = Italia
region-LT = Lituania
region-LU = Lussemburgo
region-LV = Lettonia
region-MT = Malta
region-NL = Paesi Bassi
region-PL = Polonia
region-PT = Portogallo
region-RO = Romania
region-SE = Svezia
region-SI = Slovenia
region-SK = Slovacchia
region-EU = Unione europea
region-GB = Regno Unito
region-NO = Norvegia
region-IS = Islanda
region-LI = Liechtenstein
region-CH = Svizzera
region-UA = Ucraina
region-TR = Turchia
region-RS = Serbia
region-MD = Moldavia
region-US = Stati Uniti
region-CA = Canada
region-AU = Australia
region-NZ = Nuova Zelanda
region-KR = Corea del Sud
region-JP = Giappone
region-CN = Cina
region-TW = Taiwan
region-HK = Hong Kong
region-SG = Singapore
region-IN = India
region-ID = Indonesia
region-MY = Malaysia
region-PH = Filippine
region-TH = Thailandia
region-VN = Vietnam
region-KE = Kenya
region-TZ = Tanzania
region-UG = Uganda
region-RW = Ruanda
region-ZA = Sudafrica
region-NG = Nigeria
region-EG = Egitto
region-MA = Marocco
region-TN = Tunisia
region-SA = Arabia Saudita
region-AE = Emirati Arabi Uniti
region-BR = Brasile
region-MX = Messico
region-AR = Argentina
region-CL = Cile
region-CO = Colombia
