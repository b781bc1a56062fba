### English.
### Made: written for this page. Native reader: none yet.
###
### Everything that the page says. Plain words and short sentences; nobody is accused, nobody is threatened, and
### no service is named. The value speaks to everybody; `.pupil`, where there is one, takes its place for
### children of about twelve. `src/page/text.rs` says how a file is read; a language has all of these messages and
### no others.

language = English
direction = ltr

## What stands around every page

leave = Leave this page now
leave-note = This does not clear your browsing history.
leave-key = You can also leave it by pressing the Escape key three times.
languages = Languages
back = Back to the notice
private = This page sets no cookies. It keeps no record of your visit, or of what you were looking for.
    .pupil = This page does not write down who you are or what you were looking for.
help-dated = List of help services as of { $date }.

## The block: what it is, and who decided

block-title = Access blocked
block-unlawful = This service is unlawful here, and access to it is blocked
    .pupil = This service is against the law here, so it is blocked
block-plain = This service is blocked on this network
    .pupil = This service is blocked here
block-harm = Services like this one use AI to make false nude images of real people who never agreed to it. It is a form of abuse, and the people shown, many of them girls and women, can be hurt for a long time.
    .pupil = Services like this one use AI to make fake naked pictures of real people. Nobody asked those people, and it can hurt them for a very long time.
block-by-authority = An authority decided that it must not be reachable. The decision is set out on this page, and so is the way to contest it.
    .pupil = An official authority decided that. Below you can read who it was, and what to do if you think that it is wrong.
block-by-operator = It is on a list chosen by the operator of this network.
    .pupil = The people who look after this network chose to block it.
decision = The decision
decided-by = Decided by
operator = The operator of this network
legal-basis = Law
reference = Case number
listed = Blocked since
expires = Blocked until
list = List

## The doors, in the words of the person who takes one

doors = Why are you here?
door-image = It is about an image of me, or of someone I know
    .pupil = Someone made or shared a picture of me, or of someone I know
door-talk = I need to talk to someone
door-worry = I am worried about what I do
    .pupil = I am worried about something I did, or might do
door-mistake = I am here by mistake, or I disagree
    .pupil = I came here by accident, or I think that it should not be blocked
door-teachers = For teachers and parents

## “It is about an image of me”

image-heading = You are not alone, and it is not your fault
    .pupil = You are not alone, and it is not your fault
image-comfort = If someone made or shared a false image of you, they did wrong. You did not. You can get help without being blamed. The same is true for the person you know.
    .pupil = If someone made or shared a fake picture of you, they did something wrong. You did not. There are people who will help you, and nobody should blame you. The same is true for the person you know.
rights-heading = Your rights
    .pupil = Your rights
right-law = In many countries it is against the law to make or share such an image of someone who did not agree, even if it was made by AI.
    .pupil = In many countries nobody is allowed to make or share a picture like that, even if a computer made it.
right-removal = You can ask websites and apps to take the image down. Free services help you with that.
    .pupil = You can ask for the picture to be taken down. There are services that help you, and they cost nothing.
right-anonymous = Many helplines listen to you without asking for your name.
    .pupil = You can call or write to a helpline. Often you do not even have to say your name.
step-help = First: get help
step-report = Then: have it taken down
step-report-note = Write down where the image is and when you saw it, and keep messages about it. If the person in it is under 18, do not save or send the image itself.
    .pupil = Write down where you saw the picture and when, and keep the messages about it. Do not save the picture, and do not send it to anyone, not even as proof.
step-trust = And: tell someone you trust
step-trust-note = A parent, someone in your family, a teacher or counsellor, a friend. You do not have to carry this on your own.
    .pupil = Your mum or dad, someone else in your family, a teacher, the school nurse, a good friend. You do not have to deal with this alone.
threat-heading = If someone is threatening you
    .pupil = If someone is threatening you
threat = Do not pay, and do not send anything more. Keep their messages: they show what happened. A helpline can help you decide what to do next.
    .pupil = Do not pay, and do not send any more pictures, whatever they say. Keep their messages, and show them to an adult you trust. You are not in trouble.

## “I need to talk to someone”

talk-heading = Someone will listen to you
    .pupil = There is someone who listens to you
talk-comfort = Whatever brought you here, you can talk about it. You will not be blamed.
    .pupil = Whatever it is, you can talk about it. Nobody will be angry with you.

## “I am worried about what I do”

worry-heading = If you are worried about what you do
    .pupil = If you are worried about something you did, or might do
worry-comfort = Wanting to change something takes courage, and you can do it with help. There are people to talk to who will not judge you, and you do not have to give your name.
    .pupil = It is brave to think about it. Making or sharing a picture like that hurts someone, but you can stop and put things right, and there are people who help you with it.
worry-stop = Stop here. Do not make or share anything more.
    .pupil = Stop here. Do not make or share any more pictures.
worry-repair = If you have shared an image, ask those who have it to delete it, and have it taken down.
    .pupil = If you have shared a picture, tell an adult you trust, so that it can be taken down quickly.
worry-talk = Talk to someone. The people at these services hear such things every day.
    .pupil = Talk to someone. The people at these helplines hear such things every day.
worry-young = If you are under 18, helplines for young people are there for you too.
    .pupil = Helplines for children and young people are there for you too.

## “I am here by mistake, or I disagree”

mistake-heading = If you are here by mistake, or disagree
    .pupil = If you came here by accident, or think that it should not be blocked
mistake-leave = If you came here by accident, there is nothing that you need to do. You can simply leave.
    .pupil = If you came here by accident, nothing bad has happened, and you are not in trouble. You can simply leave.
mistake-appeal = If you think that this service should not be blocked, you can ask for the decision to be reviewed:
    .pupil = If you think that this service should not be blocked, talk about it with an adult. You or they can ask for the decision to be reviewed:
mistake-reference = Please give the case number:
    .pupil = Write this case number in your message:
mistake-subject = Request for review
mistake-operator = For questions about this network and what it blocks:
    .pupil = If you have questions, ask a teacher or write here:
mistake-no-operator = For questions about this network and what it blocks, ask whoever provides it to you: your Internet provider, your school, your employer.
    .pupil = If you have questions, ask a teacher, or whoever looks after the Internet where you are.
mistake-record = What the list says about this case is public:

## For teachers and parents

teachers-heading = Talking about false nude images
teachers-lead = An ordinary photo is enough for AI to make an image that shows someone naked. Pupils do this to pupils. Most of those shown are girls. A false image can hurt as much as a real one.
teachers-class = In class
teachers-class-consent = Ask what consent means for an image: when it is taken, when it is changed, when it is passed on.
teachers-class-person = Speak of the person who is shown. Never look for examples, and never show any.
teachers-class-bystander = Agree on what to do when such an image arrives: do not pass it on, stand by the person shown, tell an adult.
teachers-class-whom = Say who at your school can be told, and that telling is not betraying.
teachers-incident = When it has happened
teachers-incident-listen = Listen, stay calm, believe the child, and say that it is not the child’s fault.
teachers-incident-image = Do not copy or pass on the image, and do not look at it without need. Note where it is and who told you.
teachers-incident-protect = Agree with the child on who needs to know, and protect the child from those who pass it on.
teachers-incident-report = Have it taken down with the services below, and inform the authorities as your law requires.
teachers-incident-others = Those who made it are often children too. They need clear limits, and help.

## Whom each kind of help is for

need-danger = If you are in danger now
    .pupil = If you are in danger right now
need-danger-call = Call the emergency services of your country.
    .pupil = Call the emergency number, or ask an adult to call it.
need-talk-young = Talk to someone: children and young people
need-talk-anyone = Talk to someone: any age
need-remove-young = Have an image taken down: under 18 in it
need-remove-adult = Have an image taken down: 18 or over
need-worried = For adults who are worried about themselves

## In the directory of help services

help-emergency = emergency services
help-child-helplines = national child helplines
help-not-everywhere = not in every country
help-safer-internet = Safer Internet Centres
help-parents-too = for parents and teachers too
help-find-helpline = Find a child helpline
help-by-country = by country
help-hotlines = hotlines
help-report-anonymously = report it anonymously, by country

## The public record of a case

record-title = Public record
record-heading = Public record of a case
record-in-force = What the lists in force on this network say about this case:
record-none = No list in force on this network has a case with this number.
record-service = Service
record-service-withheld = Not shown, so that this record helps nobody to find it.
record-rules = Names blocked

## About the service itself, on its own address

about-title = About blocked services
about-heading = Some services cannot be reached from this network
about-what = Some services are unlawful, or are blocked by the choice of those who run this network. When a device on this network asks where such a service is, it is sent to a warning page instead.
about-told-heading = What the warning page tells you
about-told = Why the service is blocked, who decided, under which law, and the number of the case, as far as the list of blocked services says so. It also says where to find help.
about-kept-heading = What is kept about you
about-kept = Nothing. These pages set no cookies, and keep no record of who opened them or of what they were looking for.
about-contest-heading = If you disagree
about-contest = Where a list says who reviews its decisions, the warning page gives the address and the case number.
about-run-by = This network is run by { $operator }.

## Pages of one sentence

misdirected = This service is not blocked, or no longer is
misdirected-sentence = Your device was sent here by an older answer. Please wait a minute, then reload this page.
missing = There is no such page
missing-sentence = These pages are explained here:
unreadable = This request could not be read
unreadable-sentence = It does not say clearly which service it is for.
read-only = This page can only be read
read-only-sentence = Nothing can be sent to it.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
region-AT = Austria
region-BE = Belgium
region-BG = Bulgaria
region-CY = Cyprus
region-CZ = Czechia
region-DE = Germany
region-DK = Denmark
region-EE = Estonia
region-ES = Spain
region-FI = Finland
region-FR = France
region-GR = Greece
region-HR = Croatia
region-HU = Hungary
region-IE = Ireland
region-IT = Italy
region-LT = Lithuania
region-LU = Luxembourg
region-LV = Latvia
region-MT = Malta
region-NL = Netherlands
region-PL = Poland
region-PT = Portugal
region-RO = Romania
region-SE = Sweden
region-SI = Slovenia
region-SK = Slovakia
region-EU = European Union
region-GB = United Kingdom
region-NO = Norway
region-IS = Iceland
region-LI = Liechtenstein
region-CH = Switzerland
region-UA = Ukraine
region-TR = Türkiye
region-RS = Serbia
region-MD = Moldova
region-US = United States
region-CA = Canada
region-AU = Australia
region-NZ = New Zealand
region-KR = South Korea
region-JP = Japan
region-CN = China
region-TW = Taiwan
region-HK = Hong Kong
region-SG = Singapore
region-IN = India
region-ID = Indonesia
region-MY = Malaysia
region-PH = Philippines
region-TH = Thailand
region-VN = Vietnam
region-KE = Kenya
region-TZ = Tanzania
region-UG = Uganda
region-RW = Rwanda
region-ZA = South Africa
region-NG = Nigeria
region-EG = Egypt
region-MA = Morocco
region-TN = Tunisia
region-SA = Saudi Arabia
region-AE = United Arab Emirates
region-BR = Brazil
region-MX = Mexico
region-AR = Argentina
region-CL = Chile
region-CO = Colombia
