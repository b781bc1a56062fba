### Español.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Español
direction = ltr

## What stands around every page

leave = Salir ahora de esta página
leave-note = El historial de navegación no se borra.
leave-key = También se puede salir pulsando tres veces la tecla Escape (Esc).
languages = Idiomas
back = Volver al aviso
private = Esta página no usa cookies. No guarda ningún registro de tu visita ni de lo que buscabas.
    .pupil = Esta página no anota quién eres ni qué buscabas.
help-dated = Lista de servicios de ayuda, actualizada el { $date }.

## The block: what it is, and who decided

block-title = Acceso bloqueado
block-unlawful = Este servicio es ilegal aquí y el acceso está bloqueado
    .pupil = Aquí la ley prohíbe este servicio, por eso está bloqueado
block-plain = Este servicio está bloqueado en esta red
    .pupil = Este servicio está bloqueado aquí
block-harm = Los servicios como este usan la inteligencia artificial (IA) para crear imágenes falsas de desnudos de personas reales que nunca lo han aceptado. Es una forma de violencia, y las personas que aparecen, muchas de ellas niñas y mujeres, pueden sufrir por ello durante mucho tiempo.
    .pupil = Los servicios como este usan la inteligencia artificial (IA) para hacer imágenes falsas en las que personas reales aparecen desnudas. Nadie les ha pedido permiso a esas personas, y esto puede hacerles daño durante mucho tiempo.
block-by-authority = Una autoridad ha decidido que este servicio no debe ser accesible. En esta página están la decisión y la forma de recurrirla.
    .pupil = Lo ha decidido una autoridad oficial. Más abajo puedes leer cuál es y qué hacer si crees que se ha equivocado.
block-by-operator = Este servicio está en una lista elegida por el operador de esta red.
    .pupil = Las personas que se encargan de esta red han decidido bloquear este servicio.
decision = La decisión
decided-by = Decidido por
operator = El operador de esta red
legal-basis = Base legal
reference = Número de expediente
listed = Bloqueado desde
expires = Bloqueado hasta
list = Lista

## The doors, in the words of the person who takes one

doors = ¿De qué se trata?
door-image = Es por una imagen mía, o de alguien que conozco
    .pupil = Alguien ha hecho o compartido una imagen mía, o de una persona que conozco
door-talk = Necesito hablar con alguien
door-worry = Me preocupa lo que hago
    .pupil = Me preocupa algo que he hecho, o que podría hacer
door-mistake = He llegado aquí por error, o no estoy de acuerdo
    .pupil = He llegado aquí por casualidad, o creo que este servicio no debería estar bloqueado
door-teachers = Para docentes y familias

## “It is about an image of me”

image-heading = No estás sola ni solo, y no es culpa tuya
    .pupil = No estás sola ni solo, y no es culpa tuya
image-comfort = Si alguien ha hecho o compartido una imagen falsa de ti, es esa persona quien ha actuado mal, no tú. Puedes recibir ayuda sin que nadie te culpe. Lo mismo vale para la persona que conoces.
    .pupil = Si alguien ha hecho o compartido una imagen falsa de ti, esa persona ha hecho algo malo. Tú no. Hay personas que te van a ayudar, y nadie debe echarte la culpa. Lo mismo vale para la persona que conoces.
rights-heading = Tus derechos
    .pupil = Tus derechos
right-law = En muchos países, la ley prohíbe hacer o compartir una imagen así sin el consentimiento de la persona que aparece, aunque esté hecha con IA.
    .pupil = En muchos países, nadie puede hacer ni compartir una imagen así, aunque la haya hecho una máquina.
right-removal = Puedes pedir a los sitios web y a las aplicaciones que retiren la imagen. Hay servicios gratuitos que te ayudan a hacerlo.
    .pupil = Puedes pedir que retiren la imagen. Hay servicios que te ayudan, y son gratis.
right-anonymous = En muchas líneas de ayuda te escuchan sin preguntarte cómo te llamas.
    .pupil = Puedes llamar o escribir a una línea de ayuda. Muchas veces ni siquiera tienes que decir tu nombre.
step-help = Primero: buscar ayuda
step-report = Después: pedir que se retire la imagen
step-report-note = Apunta dónde está la imagen y cuándo la viste, y guarda los mensajes sobre ella. Si la persona que aparece tiene menos de 18 años, no guardes ni envíes la imagen en sí.
    .pupil = Apunta dónde y cuándo viste la imagen, y guarda los mensajes que hablan de ella. No guardes la imagen ni se la envíes a nadie, ni siquiera como prueba.
step-trust = Y también: contárselo a alguien de confianza
step-trust-note = Tu madre o tu padre, otra persona de tu familia, una profesora, un orientador, una amiga. No tienes por qué cargar con esto a solas.
    .pupil = Tu madre o tu padre, otra persona de tu familia, una profesora o un profesor, la orientadora o el orientador de tu escuela, una buena amiga o un buen amigo. No tienes que enfrentarte a esto sin ayuda.
threat-heading = Si alguien te amenaza
    .pupil = Si alguien te amenaza
threat = No pagues y no envíes nada más. Guarda sus mensajes: muestran lo que ha pasado. En una línea de ayuda te pueden orientar sobre qué hacer después.
    .pupil = No pagues ni envíes más imágenes, te digan lo que te digan. Guarda sus mensajes y enséñaselos a una persona adulta de confianza. No tengas miedo de meterte en un lío por contarlo: quien actúa mal es la persona que te amenaza, no tú.

## “I need to talk to someone”

talk-heading = Alguien te va a escuchar
    .pupil = Hay personas dispuestas a escucharte
talk-comfort = Sea cual sea el motivo, puedes hablar de ello. Nadie te va a culpar.
    .pupil = Sea lo que sea, puedes hablar de ello. Nadie se va a enfadar contigo.

## “I am worried about what I do”

worry-heading = Si te preocupa lo que haces
    .pupil = Si te preocupa algo que has hecho, o que podrías hacer
worry-comfort = Hace falta valor para querer cambiar algo, y con ayuda se puede. Hay personas con las que puedes hablar y que no te van a juzgar, y no tienes que decir tu nombre.
    .pupil = Hace falta valor para pensar en ello. Hacer o compartir una imagen así hace daño a alguien, pero puedes parar y reparar el daño, y hay personas que te ayudan a hacerlo.
worry-stop = Detente aquí. No hagas ni compartas nada más.
    .pupil = No sigas. No hagas ni compartas más imágenes.
worry-repair = Si has compartido una imagen, pide a quienes la tienen que la borren, y pide que se retire de Internet.
    .pupil = Si has compartido una imagen, cuéntaselo a una persona adulta de confianza, para que se pueda retirar pronto.
worry-talk = Habla con alguien. Quienes atienden estos servicios oyen cosas así todos los días.
    .pupil = Habla con alguien. En estas líneas de ayuda oyen cosas así todos los días.
worry-young = Si tienes menos de 18 años, las líneas de ayuda para jóvenes también están ahí para ti.
    .pupil = Las líneas de ayuda para niños, niñas y jóvenes también están ahí para ti.

## “I am here by mistake, or I disagree”

mistake-heading = Si has llegado por error o no estás de acuerdo
    .pupil = Si has llegado aquí por casualidad, o crees que este servicio no debería estar bloqueado
mistake-leave = Si has llegado aquí por casualidad, no tienes que hacer nada. Puedes salir de la página sin más.
    .pupil = Si has llegado aquí por casualidad, no ha pasado nada malo y no vas a tener problemas por eso. Puedes salir de la página sin más.
mistake-appeal = Si crees que este servicio no debería estar bloqueado, puedes pedir que se revise la decisión:
    .pupil = Si crees que este servicio no debería estar bloqueado, habla con una persona adulta. Tú o esa persona podéis pedir que se revise la decisión:
mistake-reference = Indica el número de expediente:
    .pupil = Escribe este número de expediente en tu mensaje:
mistake-subject = Solicitud de revisión
mistake-operator = Para preguntas sobre esta red y lo que bloquea:
    .pupil = Si tienes preguntas, habla con una profesora o un profesor, o escribe aquí:
mistake-no-operator = Para preguntas sobre esta red y lo que bloquea, dirígete a quien te la proporciona: tu proveedor de Internet, tu centro educativo, tu empresa.
    .pupil = Si tienes preguntas, habla con una profesora o un profesor, o con quien se encargue de Internet donde estás.
mistake-record = Lo que la lista dice de este expediente es público:

## For teachers and parents

teachers-heading = Hablar de las imágenes falsas de desnudos
teachers-lead = A la IA le basta una foto corriente para crear una imagen en la que una persona aparece desnuda. Hay alumnos y alumnas que se lo hacen a sus compañeros y compañeras. La mayoría de las personas que aparecen son chicas. Una imagen falsa puede hacer tanto daño como una real.
teachers-class = En clase
teachers-class-consent = Preguntar qué significa el consentimiento en una imagen: cuando se toma, cuando se modifica, cuando se reenvía.
teachers-class-person = Hablar de la persona que aparece. No buscar nunca ejemplos ni mostrarlos.
teachers-class-bystander = Acordar qué hacer cuando llega una imagen así: no reenviarla, apoyar a la persona que aparece, decírselo a una persona adulta.
teachers-class-whom = Decir a quién se puede acudir en el centro, y que contarlo no es traicionar a nadie.
teachers-incident = Cuando ha ocurrido
teachers-incident-listen = Escuchar, mantener la calma, creer a la niña o al niño y decirle que no es culpa suya.
teachers-incident-image = No copiar ni reenviar la imagen, y no mirarla sin necesidad. Anotar dónde está y quién lo ha contado.
teachers-incident-protect = Acordar con la niña o el niño quién debe saberlo, y darle protección frente a quienes difunden la imagen.
teachers-incident-report = Pedir que se retire la imagen, con ayuda de los servicios indicados abajo, e informar a las autoridades según exija la ley.
teachers-incident-others = Quienes hicieron la imagen a menudo también son menores. Necesitan límites claros, y ayuda.

## Whom each kind of help is for

need-danger = Si estás en peligro ahora
    .pupil = Si estás en peligro ahora mismo
need-danger-call = Llama a los servicios de emergencia de tu país.
    .pupil = Llama al número de emergencias, o pide a una persona adulta que llame.
need-talk-young = Hablar con alguien: niños, niñas y jóvenes
need-talk-anyone = Hablar con alguien: a cualquier edad
need-remove-young = Pedir que se retire una imagen: menos de 18 años en la imagen
need-remove-adult = Pedir que se retire una imagen: 18 años o más en la imagen
need-worried = Para personas adultas a las que preocupa su propio comportamiento

## In the directory of help services

help-emergency = servicios de emergencia
help-child-helplines = líneas nacionales de ayuda a la infancia
help-not-everywhere = no en todos los países
help-safer-internet = Centros de Internet Segura
help-parents-too = también para familias y docentes
help-find-helpline = Buscar una línea de ayuda a la infancia
help-by-country = por país
help-hotlines = líneas de reporte
help-report-anonymously = reporte anónimo, por país

## The public record of a case

record-title = Ficha pública
record-heading = Ficha pública de un expediente
record-in-force = Lo que dicen de este expediente las listas en vigor en esta red:
record-none = Ninguna lista en vigor en esta red contiene un expediente con este número.
record-service = Servicio
record-service-withheld = No se muestra, para que esta ficha no ayude a nadie a encontrarlo.
record-rules = Nombres de dominio bloqueados

## About the service itself, on its own address

about-title = Acerca de los servicios bloqueados
about-heading = Algunos servicios no son accesibles desde esta red
about-what = Algunos servicios son ilegales, o están bloqueados por decisión de quienes gestionan esta red. Cuando un dispositivo de esta red pregunta dónde está uno de esos servicios, se le dirige a una página de aviso.
about-told-heading = Qué dice la página de aviso
about-told = Por qué está bloqueado el servicio, quién lo decidió, según qué ley y con qué número de expediente, en la medida en que lo indique la lista de servicios bloqueados. También dice dónde encontrar ayuda.
about-kept-heading = Qué se guarda sobre ti
about-kept = Nada. Estas páginas no usan cookies y no guardan registro de quién las ha abierto ni de qué buscaba.
about-contest-heading = Si no estás de acuerdo
about-contest = Cuando una lista indica quién revisa sus decisiones, la página de aviso da la dirección y el número de expediente.
about-run-by = Operador de esta red: { $operator }.

## Pages of one sentence

misdirected = Este servicio no está bloqueado, o ya no lo está
misdirected-sentence = Una respuesta anterior ha dirigido tu dispositivo hasta aquí. Espera un minuto y vuelve a cargar esta página.
missing = Esta página no existe
missing-sentence = Estas páginas se explican aquí:
unreadable = No se ha podido leer esta petición
unreadable-sentence = No indica con claridad a qué servicio se refiere.
read-only = Esta página solo se puede leer
read-only-sentence = No se le puede enviar nada.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day } de { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
} de { $year }
region-AT = Austria
region-BE = Bélgica
region-BG = Bulgaria
region-CY = Chipre
region-CZ = Chequia
region-DE = Alemania
region-DK = Dinamarca
region-EE = Estonia
region-ES = España
region-FI = Finlandia
region-FR = Francia
region-GR = Grecia
region-HR = Croacia
region-HU = Hungría
region-IE = Irlanda
region-IT = Italia
region-LT = Lituania
region-LU = Luxemburgo
region-LV = Letonia
region-MT = Malta
region-NL = Países Bajos
region-PL = Polonia
region-PT = Portugal
region-RO = Rumanía
region-SE = Suecia
region-SI = Eslovenia
region-SK = Eslovaquia
region-EU = Unión Europea
region-GB = Reino Unido
region-NO = Noruega
region-IS = Islandia
region-LI = Liechtenstein
region-CH = Suiza
region-UA = Ucrania
region-TR = Turquía
region-RS = Serbia
region-MD = Moldavia
region-US = Estados Unidos
region-CA = Canadá
region-AU = Australia
region-NZ = Nueva Zelanda
region-KR = Corea del Sur
region-JP = Japón
region-CN = China
region-TW = Taiwán
region-HK = Hong Kong
region-SG = Singapur
region-IN = India
region-ID = Indonesia
region-MY = Malasia
region-PH = Filipinas
region-TH = Tailandia
region-VN = Vietnam
region-KE = Kenia
region-TZ = Tanzania
region-UG = Uganda
region-RW = Ruanda
region-ZA = Sudáfrica
region-NG = Nigeria
region-EG = Egipto
region-MA = Marruecos
region-TN = Túnez
region-SA = Arabia Saudí
region-AE = Emiratos Árabes Unidos
region-BR = Brasil
region-MX = México
region-AR = Argentina
region-CL = Chile
region-CO = Colombia
