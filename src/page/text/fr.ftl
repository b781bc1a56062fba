### Français.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Français
direction = ltr

## What stands around every page

leave = Quitter cette page
leave-note = L’historique de navigation n’est pas effacé.
leave-key = On peut aussi quitter la page en appuyant trois fois sur la touche Échap.
languages = Langues
back = Retour à l’avertissement
private = Cette page ne dépose aucun cookie. Elle ne garde aucune trace de votre visite ni de ce que vous cherchiez.
    .pupil = Cette page ne note ni qui tu es, ni ce que tu cherchais.
help-dated = Liste des services d’aide au { $date }.

## The block: what it is, and who decided

block-title = Accès bloqué
block-unlawful = Ce service est illégal ici et son accès est bloqué
    .pupil = Ce service est interdit par la loi ici, donc il est bloqué
block-plain = Ce service est bloqué sur ce réseau
    .pupil = Ce service est bloqué ici
block-harm = Ce type de service utilise l’IA pour fabriquer de fausses images de nu de vraies personnes, qui ne l’ont jamais accepté. C’est une forme de violence, et les personnes montrées, dont beaucoup de filles et de femmes, peuvent en souffrir longtemps.
    .pupil = Ce type de service utilise l’IA pour fabriquer de fausses images où de vraies personnes apparaissent nues. Personne ne leur a demandé leur accord, et cela peut leur faire du mal pendant très longtemps.
block-by-authority = Une autorité a décidé que ce service ne devait pas être accessible. Vous trouverez sur cette page la décision et la façon de la contester.
    .pupil = C’est une autorité officielle qui l’a décidé. Plus bas, tu peux lire laquelle, et ce que tu peux faire si tu penses que c’est une erreur.
block-by-operator = Ce service figure sur une liste choisie par l’opérateur de ce réseau.
    .pupil = Les personnes qui s’occupent de ce réseau ont choisi de bloquer ce service.
decision = La décision
decided-by = Décidé par
operator = L’opérateur de ce réseau
legal-basis = Loi
reference = Numéro de dossier
listed = Bloqué depuis le
expires = Bloqué jusqu’au
list = Liste

## The doors, in the words of the person who takes one

doors = De quoi s’agit-il ?
door-image = C’est au sujet d’une image de moi, ou d’une personne que je connais
    .pupil = Quelqu’un a fait ou partagé une image de moi, ou d’une personne que je connais
door-talk = J’ai besoin de parler à quelqu’un
door-worry = Ce que je fais m’inquiète
    .pupil = Ce que j’ai fait, ou ce que je pourrais faire, m’inquiète
door-mistake = Je suis ici par erreur, ou je ne suis pas d’accord
    .pupil = Je suis ici par hasard, ou je pense que ce service ne devrait pas être bloqué
door-teachers = Pour le personnel enseignant et les parents

## “It is about an image of me”

image-heading = Vous n’êtes pas seul(e), et ce n’est pas votre faute
    .pupil = Tu n’es pas seul(e), et ce n’est pas ta faute
image-comfort = Si quelqu’un a fabriqué ou partagé une fausse image de vous, c’est cette personne qui est en tort, pas vous. Vous pouvez recevoir de l’aide sans qu’on vous fasse de reproches. C’est vrai aussi pour la personne que vous connaissez.
    .pupil = Si quelqu’un a fait ou partagé une fausse image de toi, c’est cette personne qui a mal agi, pas toi. Il y a des gens pour t’aider, et personne ne devrait te faire de reproches. C’est vrai aussi pour la personne que tu connais.
rights-heading = Vos droits
    .pupil = Tes droits
right-law = Dans de nombreux pays, la loi interdit de fabriquer ou de partager une telle image sans l’accord de la personne montrée, même si l’image est faite par une IA.
    .pupil = Dans beaucoup de pays, personne n’a le droit de faire ou de partager une image comme celle-là, même si c’est un ordinateur qui l’a faite.
right-removal = Vous pouvez demander aux sites et aux applications de retirer l’image. Des services gratuits vous y aident.
    .pupil = Tu peux demander que l’image soit retirée. Il y a des services pour t’aider, et c’est gratuit.
right-anonymous = Auprès de nombreuses lignes d’écoute, vous pouvez parler sans donner votre nom.
    .pupil = Tu peux appeler une ligne d’écoute ou lui écrire. Souvent, tu n’as même pas besoin de dire ton nom.
step-help = D’abord : trouver de l’aide
step-report = Ensuite : faire retirer l’image
step-report-note = Notez où se trouve l’image et quand vous l’avez vue, et gardez les messages qui en parlent. Si la personne montrée a moins de 18 ans, n’enregistrez pas l’image elle-même et ne l’envoyez à personne.
    .pupil = Note où et quand tu as vu l’image, et garde les messages qui en parlent. N’enregistre pas l’image et ne l’envoie à personne, même pas comme preuve.
step-trust = Et aussi : en parler à quelqu’un de confiance
step-trust-note = Un parent, un proche, une professeure, un conseiller, une amie. Vous n’avez pas à porter ce poids sans aide.
    .pupil = Ta mère ou ton père, quelqu’un d’autre de ta famille, un ou une prof, l’infirmière ou l’infirmier de l’école, une bonne amie ou un bon ami. Tu n’as pas à affronter cela sans aide.
threat-heading = Si quelqu’un vous menace
    .pupil = Si quelqu’un te menace
threat = Ne payez pas et n’envoyez plus rien. Gardez les messages reçus : ils montrent ce qui s’est passé. Une ligne d’écoute peut vous aider à décider de la suite.
    .pupil = Ne paie pas et n’envoie plus d’images, quoi qu’on te dise. Garde les messages reçus et montre-les à un adulte en qui tu as confiance. N’aie pas peur d’avoir des ennuis : c’est la personne qui te menace qui agit mal, pas toi.

## “I need to talk to someone”

talk-heading = Quelqu’un vous écoutera
    .pupil = Il y a quelqu’un pour t’écouter
talk-comfort = Quelle que soit la raison qui vous amène ici, vous pouvez en parler. On ne vous fera pas de reproche.
    .pupil = Peu importe ce que c’est, tu peux en parler. Personne ne se fâchera contre toi.

## “I am worried about what I do”

worry-heading = Si ce que vous faites vous inquiète
    .pupil = Si ce que tu as fait, ou pourrais faire, t’inquiète
worry-comfort = Vouloir changer quelque chose demande du courage, et on peut y arriver avec de l’aide. Des personnes sont là pour en parler sans vous juger, et vous n’avez pas à donner votre nom.
    .pupil = C’est courageux d’y réfléchir. Faire ou partager une image comme celle-là fait du mal à quelqu’un, mais tu peux arrêter et réparer, et il y a des gens pour t’y aider.
worry-stop = Arrêtez-vous là. Ne fabriquez et ne partagez plus rien.
    .pupil = Arrête-toi là. Ne fais plus d’images comme celles-là et n’en partage plus.
worry-repair = Si vous avez partagé une image, demandez aux personnes qui l’ont de l’effacer, et faites-la retirer.
    .pupil = Si tu as partagé une image, dis-le à un adulte en qui tu as confiance, pour qu’elle soit vite retirée.
worry-talk = Parlez-en à quelqu’un. Les personnes de ces services entendent cela tous les jours.
    .pupil = Parles-en à quelqu’un. Les personnes de ces lignes d’écoute entendent cela tous les jours.
worry-young = Si vous avez moins de 18 ans, les lignes d’écoute pour les jeunes sont là pour vous aussi.
    .pupil = Les lignes d’écoute pour les enfants et les jeunes sont là pour toi aussi.

## “I am here by mistake, or I disagree”

mistake-heading = Si vous êtes ici par erreur, ou si vous n’êtes pas d’accord
    .pupil = Si tu es ici par hasard, ou si tu penses que ce service ne devrait pas être bloqué
mistake-leave = Si vous êtes ici par hasard, vous n’avez rien à faire. Vous pouvez simplement quitter la page.
    .pupil = Si tu es ici par hasard, il ne s’est rien passé de grave, et tu n’auras pas d’ennuis. Tu peux simplement quitter la page.
mistake-appeal = Si vous pensez que ce service ne devrait pas être bloqué, vous pouvez demander un réexamen de la décision :
    .pupil = Si tu penses que ce service ne devrait pas être bloqué, parles-en avec un adulte. Cet adulte ou toi, vous pouvez demander un réexamen de la décision :
mistake-reference = Merci d’indiquer le numéro de dossier :
    .pupil = Écris ce numéro de dossier dans ton message :
mistake-subject = Demande de réexamen
mistake-operator = Pour toute question sur ce réseau et sur ce qu’il bloque :
    .pupil = Si tu as des questions, demande à un ou une prof, ou écris ici :
mistake-no-operator = Pour toute question sur ce réseau et sur ce qu’il bloque, adressez-vous à qui vous le fournit : votre fournisseur d’accès, votre établissement scolaire, votre employeur.
    .pupil = Si tu as des questions, demande à un ou une prof, ou à la personne qui s’occupe d’Internet là où tu es.
mistake-record = Ce que la liste dit de ce dossier est public :

## For teachers and parents

teachers-heading = Parler des fausses images de nu
teachers-lead = Une simple photo suffit pour que l’IA fabrique une image où la personne apparaît nue. Des élèves font cela à d’autres élèves. Les personnes montrées sont le plus souvent des filles. Une fausse image peut faire aussi mal qu’une vraie.
teachers-class = En classe
teachers-class-consent = Demandez ce que veut dire le consentement pour une image : quand elle est prise, quand elle est modifiée, quand elle est transmise.
teachers-class-person = Parlez de la personne montrée. Ne cherchez jamais d’exemples et n’en montrez jamais.
teachers-class-bystander = Convenez de ce qu’il faut faire quand une telle image arrive : ne pas la transmettre, soutenir la personne montrée, prévenir un adulte.
teachers-class-whom = Dites à qui l’on peut en parler dans votre établissement, et rappelez que parler, ce n’est pas trahir.
teachers-incident = Quand c’est arrivé
teachers-incident-listen = Écoutez, restez calme, croyez l’enfant et dites-lui que ce n’est pas sa faute.
teachers-incident-image = Ne copiez pas l’image, ne la transmettez pas et ne la regardez pas sans nécessité. Notez où elle se trouve et qui vous en a parlé.
teachers-incident-protect = Décidez avec l’enfant qui doit le savoir, et protégez-le des personnes qui font circuler l’image.
teachers-incident-report = Faites retirer l’image avec les services indiqués plus bas, et informez les autorités comme la loi le demande.
teachers-incident-others = Celles et ceux qui ont fait l’image sont souvent aussi des enfants. Il leur faut des limites claires, et de l’aide.

## Whom each kind of help is for

need-danger = Si vous êtes en danger maintenant
    .pupil = Si tu es en danger en ce moment
need-danger-call = Appelez les services d’urgence de votre pays.
    .pupil = Appelle le numéro d’urgence, ou demande à un adulte de l’appeler.
need-talk-young = Parler à quelqu’un : enfants et jeunes
need-talk-anyone = Parler à quelqu’un : à tout âge
need-remove-young = Faire retirer une image : moins de 18 ans sur l’image
need-remove-adult = Faire retirer une image : 18 ans ou plus sur l’image
need-worried = Pour les adultes qui s’inquiètent de leur propre comportement

## In the directory of help services

help-emergency = services d’urgence
help-child-helplines = lignes d’écoute nationales pour les enfants
help-not-everywhere = pas dans tous les pays
help-safer-internet = Centres pour un Internet plus sûr
help-parents-too = aussi pour les parents et le personnel enseignant
help-find-helpline = Trouver une ligne d’écoute pour les enfants
help-by-country = par pays
help-hotlines = services de signalement
help-report-anonymously = signalement anonyme, par pays

## The public record of a case

record-title = Fiche publique
record-heading = Fiche publique d’un dossier
record-in-force = Ce que disent de ce dossier les listes en vigueur sur ce réseau :
record-none = Aucune liste en vigueur sur ce réseau ne contient de dossier portant ce numéro.
record-service = Service
record-service-withheld = Non affiché, pour que cette fiche n’aide personne à le trouver.
record-rules = Noms de domaine bloqués

## About the service itself, on its own address

about-title = À propos des services bloqués
about-heading = Certains services ne sont pas accessibles depuis ce réseau
about-what = Certains services sont illégaux, ou bloqués par le choix de celles et ceux qui gèrent ce réseau. Quand un appareil de ce réseau demande où se trouve un tel service, il est dirigé vers une page d’avertissement.
about-told-heading = Ce que dit la page d’avertissement
about-told = Pourquoi le service est bloqué, qui l’a décidé, selon quelle loi et sous quel numéro de dossier, dans la mesure où la liste des services bloqués le précise. Elle dit aussi où trouver de l’aide.
about-kept-heading = Ce qui est conservé sur les visites
about-kept = Rien. Ces pages ne déposent aucun cookie et ne gardent trace ni des personnes qui les ouvrent, ni de ce qu’elles cherchaient.
about-contest-heading = En cas de désaccord
about-contest = Quand une liste précise qui réexamine ses décisions, la page d’avertissement donne l’adresse et le numéro de dossier.
about-run-by = Opérateur de ce réseau : { $operator }.

## Pages of one sentence

misdirected = Ce service n’est pas bloqué, ou ne l’est plus
misdirected-sentence = Cet appareil a été dirigé ici par une réponse plus ancienne. Il suffit d’attendre une minute, puis de recharger cette page.
missing = Cette page n’existe pas
missing-sentence = Ces pages sont expliquées ici :
unreadable = Cette demande n’a pas pu être lue
unreadable-sentence = Elle n’indique pas clairement quel service elle concerne.
read-only = Cette page peut seulement être lue
read-only-sentence = Rien ne peut lui être envoyé.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day ->
    [1] 1er
   *[2] { $day }
} { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
} { $year }
region-AT = Autriche
region-BE = Belgique
region-BG = Bulgarie
region-CY = Chypre
region-CZ = Tchéquie
region-DE = Allemagne
region-DK = Danemark
region-EE = Estonie
region-ES = Espagne
region-FI = Finlande
region-FR = France
region-GR = Grèce
region-HR = Croatie
region-HU = Hongrie
region-IE = Irlande
region-IT = Italie
region-LT = Lituanie
region-LU = Luxembourg
region-LV = Lettonie
region-MT = Malte
region-NL = Pays-Bas
region-PL = Pologne
region-PT = Portugal
region-RO = Roumanie
region-SE = Suède
region-SI = Slovénie
region-SK = Slovaquie
region-EU = Union européenne
region-GB = Royaume-Uni
region-NO = Norvège
region-IS = Islande
region-LI = Liechtenstein
region-CH = Suisse
region-UA = Ukraine
region-TR = Turquie
region-RS = Serbie
region-MD = Moldavie
region-US = États-Unis
region-CA = Canada
region-AU = Australie
region-NZ = Nouvelle-Zélande
region-KR = Corée du Sud
region-JP = Japon
region-CN = Chine
region-TW = Taïwan
region-HK = Hong Kong
region-SG = Singapour
region-IN = Inde
region-ID = Indonésie
region-MY = Malaisie
region-PH = Philippines
region-TH = Thaïlande
region-VN = Viêt Nam
region-KE = Kenya
region-TZ = Tanzanie
region-UG = Ouganda
region-RW = Rwanda
region-ZA = Afrique du Sud
region-NG = Nigeria
region-EG = Égypte
region-MA = Maroc
region-TN = Tunisie
region-SA = Arabie saoudite
region-AE = Émirats arabes unis
region-BR = Brésil
region-MX = Mexique
region-AR = Argentine
region-CL = Chili
region-CO = Colombie
