### Português.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Português
direction = ltr

## What stands around every page

leave = Sair já desta página
leave-note = O histórico de navegação não é apagado.
leave-key = Também se pode sair premindo três vezes a tecla Escape (Esc).
languages = Idiomas
back = Voltar ao aviso
private = Esta página não usa cookies. Não guarda qualquer registo da sua visita nem do que procurava.
    .pupil = Esta página não regista quem és nem o que procuravas.
help-dated = Lista de serviços de apoio atualizada em { $date }.

## The block: what it is, and who decided

block-title = Acesso bloqueado
block-unlawful = Este serviço é ilegal aqui e o acesso está bloqueado
    .pupil = Aqui, a lei proíbe este serviço, por isso está bloqueado
block-plain = Este serviço está bloqueado nesta rede
    .pupil = Este serviço está bloqueado aqui
block-harm = Serviços como este usam a inteligência artificial (IA) para criar imagens falsas de nudez de pessoas reais, que nunca o aceitaram. É uma forma de violência, e as pessoas que aparecem, muitas delas meninas e mulheres, podem sofrer com isso durante muito tempo.
    .pupil = Serviços como este usam a inteligência artificial (IA) para criar imagens falsas em que pessoas reais aparecem nuas. Ninguém pediu autorização a essas pessoas, e isto pode magoá-las durante muito tempo.
block-by-authority = Uma autoridade decidiu que este serviço não deve estar acessível. Esta página apresenta a decisão e a forma de a contestar.
    .pupil = Foi uma autoridade oficial que o decidiu. Mais abaixo podes ler qual foi, e o que fazer se achares que a decisão está errada.
block-by-operator = Este serviço está numa lista escolhida pelo operador desta rede.
    .pupil = As pessoas que tratam desta rede decidiram bloquear este serviço.
decision = A decisão
decided-by = Decidido por
operator = O operador desta rede
legal-basis = Base legal
reference = Número do processo
listed = Bloqueado desde
expires = Bloqueado até
list = Lista

## The doors, in the words of the person who takes one

doors = De que se trata?
door-image = É sobre uma imagem minha, ou de alguém que conheço
    .pupil = Alguém fez ou partilhou uma imagem minha, ou de alguém que conheço
door-talk = Preciso de falar com alguém
door-worry = Preocupa-me o que faço
    .pupil = Preocupa-me uma coisa que fiz, ou que posso vir a fazer
door-mistake = Vim aqui parar por engano, ou não concordo
    .pupil = Vim aqui parar por acaso, ou acho que este serviço não devia estar bloqueado
door-teachers = Para docentes e famílias

## “It is about an image of me”

image-heading = Não está só, e a culpa não é sua
    .pupil = Não estás só, e a culpa não é tua
image-comfort = Se alguém fez ou partilhou uma imagem falsa sua, foi essa pessoa que agiu mal. A culpa não é sua. Pode receber ajuda sem que ninguém lhe aponte o dedo. O mesmo vale para a pessoa que conhece.
    .pupil = Se alguém fez ou partilhou uma imagem falsa tua, foi essa pessoa que fez mal. Não foste tu. Há pessoas que te ajudam, e ninguém te deve culpar. O mesmo vale para a pessoa que conheces.
rights-heading = Os seus direitos
    .pupil = Os teus direitos
right-law = Em muitos países, a lei proíbe fazer ou partilhar uma imagem destas sem o consentimento da pessoa que aparece, mesmo que tenha sido feita com IA.
    .pupil = Em muitos países, ninguém pode fazer nem partilhar uma imagem assim, mesmo que tenha sido um computador a fazê-la.
right-removal = Pode pedir aos sites e às aplicações que retirem a imagem. Há serviços gratuitos que ajudam a fazê-lo.
    .pupil = Podes pedir que a imagem seja retirada. Há serviços que te ajudam, e não custam nada.
right-anonymous = Em muitas linhas de apoio, pode falar sem dizer o seu nome.
    .pupil = Podes ligar ou escrever para uma linha de apoio. Muitas vezes, nem precisas de dizer o teu nome.
step-help = Primeiro: procurar ajuda
step-report = Depois: pedir que a imagem seja retirada
step-report-note = Anote onde está a imagem e quando a viu, e guarde as mensagens sobre ela. Se a pessoa que aparece tiver menos de 18 anos, não guarde nem envie a imagem em si.
    .pupil = Aponta onde e quando viste a imagem, e guarda as mensagens sobre ela. Não guardes a imagem nem a envies a ninguém, nem mesmo como prova.
step-trust = E ainda: contar a alguém de confiança
step-trust-note = A mãe ou o pai, outra pessoa da família, uma professora, um psicólogo, uma amiga. Não tem de carregar este peso sem ajuda.
    .pupil = A tua mãe ou o teu pai, outra pessoa da família, uma professora ou um professor, a psicóloga ou o psicólogo da escola, uma boa amiga ou um bom amigo. Não tens de lidar com isto sem ajuda.
threat-heading = Se estiver a receber ameaças
    .pupil = Se alguém te estiver a ameaçar
threat = Não pague e não envie mais nada. Guarde as mensagens: mostram o que aconteceu. Uma linha de apoio pode ajudar a decidir o que fazer a seguir.
    .pupil = Não pagues e não envies mais imagens, digam o que disserem. Guarda as mensagens e mostra-as a uma pessoa adulta em quem confias. Não tenhas medo de ter problemas por contar: quem está a agir mal é a pessoa que te ameaça, não tu.

## “I need to talk to someone”

talk-heading = Alguém vai ouvir o que tem para dizer
    .pupil = Há pessoas prontas para te ouvir
talk-comfort = Seja qual for o motivo, pode falar sobre isso. Ninguém lhe vai apontar o dedo.
    .pupil = Seja o que for, podes falar sobre isso. Ninguém se vai zangar contigo.

## “I am worried about what I do”

worry-heading = Se se preocupa com o que faz
    .pupil = Se te preocupa alguma coisa que fizeste, ou que podes vir a fazer
worry-comfort = Querer mudar alguma coisa exige coragem, e com ajuda é possível. Há pessoas com quem pode falar e que não julgam, e não tem de dizer o seu nome.
    .pupil = É preciso coragem para pensar nisto. Fazer ou partilhar uma imagem assim magoa alguém, mas podes parar e reparar o que aconteceu, e há pessoas que te ajudam.
worry-stop = Pare aqui. Não faça nem partilhe mais nada.
    .pupil = Não continues. Não faças nem partilhes mais imagens.
worry-repair = Se partilhou uma imagem, peça a quem a tem que a apague, e peça que seja retirada da Internet.
    .pupil = Se partilhaste uma imagem, fala com uma pessoa adulta em quem confias, para que possa ser retirada depressa.
worry-talk = Fale com alguém. Quem trabalha nestes serviços ouve coisas assim todos os dias.
    .pupil = Fala com alguém. Quem atende nestas linhas de apoio ouve coisas assim todos os dias.
worry-young = Se tem menos de 18 anos, as linhas de apoio a jovens também são para si.
    .pupil = As linhas de apoio a crianças e jovens também são para ti.

## “I am here by mistake, or I disagree”

mistake-heading = Se veio aqui parar por engano, ou não concorda
    .pupil = Se vieste aqui parar por acaso, ou achas que este serviço não devia estar bloqueado
mistake-leave = Se veio aqui parar por acaso, não precisa de fazer nada. Pode simplesmente sair da página.
    .pupil = Se vieste aqui parar por acaso, não aconteceu nada de mal e não vais ter problemas por isso. Podes simplesmente sair da página.
mistake-appeal = Se considera que este serviço não devia estar bloqueado, pode pedir que a decisão seja revista:
    .pupil = Se achas que este serviço não devia estar bloqueado, fala com uma pessoa adulta. Tu ou essa pessoa podem pedir que a decisão seja revista:
mistake-reference = Indique o número do processo:
    .pupil = Escreve este número do processo na tua mensagem:
mistake-subject = Pedido de revisão
mistake-operator = Para questões sobre esta rede e o que ela bloqueia:
    .pupil = Se tiveres perguntas, fala com uma professora ou um professor, ou escreve para aqui:
mistake-no-operator = Para questões sobre esta rede e o que ela bloqueia, contacte quem lhe dá o acesso: o seu fornecedor de Internet, a sua escola, a sua entidade empregadora.
    .pupil = Se tiveres perguntas, fala com uma professora ou um professor, ou com quem trata da Internet no sítio onde estás.
mistake-record = O que a lista diz sobre este processo é público:

## For teachers and parents

teachers-heading = Falar sobre imagens falsas de nudez
teachers-lead = Basta uma fotografia comum para a IA criar uma imagem em que uma pessoa aparece nua. Há alunos e alunas que fazem isto a colegas. Na maioria das vezes, quem aparece são alunas. Uma imagem falsa pode magoar tanto como uma verdadeira.
teachers-class = Na sala de aula
teachers-class-consent = Pergunte o que significa o consentimento numa imagem: quando é captada, quando é alterada, quando é reenviada.
teachers-class-person = Fale da pessoa que aparece na imagem. Nunca procure exemplos nem os mostre.
teachers-class-bystander = Combine com a turma o que fazer quando chega uma imagem destas: não a reenviar, apoiar a pessoa que aparece, contar a uma pessoa adulta.
teachers-class-whom = Diga a quem se pode contar na sua escola, e que contar não é trair ninguém.
teachers-incident = Quando já aconteceu
teachers-incident-listen = Ouça, mantenha a calma, acredite na criança e diga-lhe que a culpa não é dela.
teachers-incident-image = Não copie nem reenvie a imagem, e não a veja sem necessidade. Anote onde está e quem lhe contou.
teachers-incident-protect = Combine com a criança quem precisa de saber, e proteja-a de quem faz circular a imagem.
teachers-incident-report = Peça que a imagem seja retirada através dos serviços indicados abaixo e informe as autoridades, conforme a lei exige.
teachers-incident-others = Quem fez a imagem é muitas vezes também uma criança. Precisa de limites claros, e de ajuda.

## Whom each kind of help is for

need-danger = Se está em perigo agora
    .pupil = Se estás em perigo neste momento
need-danger-call = Ligue para os serviços de emergência do seu país.
    .pupil = Liga para o número de emergência, ou pede a uma pessoa adulta que ligue.
need-talk-young = Falar com alguém: crianças e jovens
need-talk-anyone = Falar com alguém: qualquer idade
need-remove-young = Pedir que uma imagem seja retirada: menos de 18 anos na imagem
need-remove-adult = Pedir que uma imagem seja retirada: 18 anos ou mais na imagem
need-worried = Para pessoas adultas preocupadas com o próprio comportamento

## In the directory of help services

help-emergency = serviços de emergência
help-child-helplines = linhas nacionais de apoio à criança
help-not-everywhere = não em todos os países
help-safer-internet = Centros Internet Segura
help-parents-too = também para famílias e docentes
help-find-helpline = Encontrar uma linha de apoio à criança
help-by-country = por país
help-hotlines = linhas de denúncia
help-report-anonymously = denúncia anónima, por país

## The public record of a case

record-title = Ficha pública
record-heading = Ficha pública de um processo
record-in-force = O que as listas em vigor nesta rede dizem sobre este processo:
record-none = Nenhuma lista em vigor nesta rede tem um processo com este número.
record-service = Serviço
record-service-withheld = Não é mostrado, para que esta ficha não ajude ninguém a encontrá-lo.
record-rules = Nomes de domínio bloqueados

## About the service itself, on its own address

about-title = Sobre os serviços bloqueados
about-heading = Alguns serviços não estão acessíveis a partir desta rede
about-what = Alguns serviços são ilegais, ou estão bloqueados por escolha de quem gere esta rede. Quando um dispositivo desta rede pergunta onde está um desses serviços, é encaminhado para uma página de aviso.
about-told-heading = O que diz a página de aviso
about-told = Porque é que o serviço está bloqueado, quem o decidiu, ao abrigo de que lei e com que número de processo, na medida em que a lista de serviços bloqueados o indique. Também diz onde encontrar ajuda.
about-kept-heading = O que fica guardado sobre as visitas
about-kept = Nada. Estas páginas não usam cookies e não guardam registo de quem as abriu nem do que procurava.
about-contest-heading = Em caso de desacordo
about-contest = Quando uma lista indica quem revê as suas decisões, a página de aviso dá o endereço e o número do processo.
about-run-by = Operador desta rede: { $operator }.

## Pages of one sentence

misdirected = Este serviço não está bloqueado, ou já não está
misdirected-sentence = Uma resposta mais antiga encaminhou este dispositivo para aqui. Basta esperar um minuto e voltar a carregar esta página.
missing = Esta página não existe
missing-sentence = Estas páginas são explicadas aqui:
unreadable = Não foi possível ler este pedido
unreadable-sentence = Não indica claramente a que serviço se destina.
read-only = Esta página só pode ser lida
read-only-sentence = Não é possível enviar-lhe nada.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day } de { $month ->
    [1] janeiro
    [2] fevereiro
    [3] março
    [4] abril
    [5] maio
    [6] junho
    [7] julho
    [8] agosto
    [9] setembro
    [10] outubro
    [11] novembro
   *[12] dezembro
} de { $year }
region-AT = Áustria
region-BE = Bélgica
region-BG = Bulgária
region-CY = Chipre
region-CZ = Chéquia
region-DE = Alemanha
region-DK = Dinamarca
region-EE = Estónia
region-ES = Espanha
region-FI = Finlândia
region-FR = França
region-GR = Grécia
region-HR = Croácia
region-HU = Hungria
region-IE = Irlanda
region-IT = Itália
region-LT = Lituânia
region-LU = Luxemburgo
region-LV = Letónia
region-MT = Malta
region-NL = Países Baixos
region-PL = Polónia
region-PT = Portugal
region-RO = Roménia
region-SE = Suécia
region-SI = Eslovénia
region-SK = Eslováquia
region-EU = União Europeia
region-GB = Reino Unido
region-NO = Noruega
region-IS = Islândia
region-LI = Listenstaine
region-CH = Suíça
region-UA = Ucrânia
region-TR = Turquia
region-RS = Sérvia
region-MD = Moldávia
region-US = Estados Unidos
region-CA = Canadá
region-AU = Austrália
region-NZ = Nova Zelândia
region-KR = Coreia do Sul
region-JP = Japão
region-CN = China
region-TW = Taiwan
region-HK = Hong Kong
region-SG = Singapura
region-IN = Índia
region-ID = Indonésia
region-MY = Malásia
region-PH = Filipinas
region-TH = Tailândia
region-VN = Vietname
region-KE = Quénia
region-TZ = Tanzânia
region-UG = Uganda
region-RW = Ruanda
region-ZA = África do Sul
region-NG = Nigéria
region-EG = Egito
region-MA = Marrocos
region-TN = Tunísia
region-SA = Arábia Saudita
region-AE = Emirados Árabes Unidos
region-BR = Brasil
region-MX = México
region-AR = Argentina
region-CL = Chile
region-CO = Colômbia
