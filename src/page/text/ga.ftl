### Gaeilge.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Gaeilge
direction = ltr

## What stands around every page

leave = Fág an leathanach seo
leave-note = Ní ghlanann sé seo do stair bhrabhsála.
leave-key = Is féidir an leathanach a fhágáil freisin ach an eochair Esc a bhrú trí huaire.
languages = Teangacha
back = Ar ais chuig an bhfógra
private = Ní úsáideann an leathanach seo fianáin. Ní choinníonn sé taifead ar do chuairt ná ar an rud a bhí á lorg agat.
    .pupil = Ní scríobhann an leathanach seo síos cé thú féin ná cad a bhí á lorg agat.
help-dated = Liosta na seirbhísí cabhrach amhail an { $date }.

## The block: what it is, and who decided

block-title = Rochtain bhactha
block-unlawful = Tá an tseirbhís seo neamhdhleathach anseo, agus tá bac ar rochtain uirthi
    .pupil = Tá an tseirbhís seo in aghaidh an dlí anseo, agus mar sin tá bac uirthi
block-plain = Tá bac ar an tseirbhís seo ar an líonra seo
    .pupil = Tá bac ar an tseirbhís seo anseo
block-harm = Úsáideann seirbhísí mar seo intleacht shaorga chun íomhánna bréige nochta a dhéanamh de dhaoine fíora nár thoiligh leis riamh. Is cineál mí-úsáide é, agus féadann sé dochar fadtéarmach a dhéanamh do na daoine a thaispeántar iontu. Cailíní agus mná is ea cuid mhór acu.
    .pupil = Úsáideann seirbhísí mar seo intleacht shaorga chun pictiúir bhréige nochta a dhéanamh de dhaoine fíora. Níor iarradh cead ar na daoine sin, agus is féidir leis na pictiúir iad a ghortú ar feadh tamaill an-fhada.
block-by-authority = Chinn údarás go gcaithfear bac a chur ar an tseirbhís. Tá an cinneadh le léamh ar an leathanach seo, agus an bealach le cur ina choinne freisin.
    .pupil = Údarás oifigiúil a chinn é sin. Thíos is féidir leat a léamh cén t-údarás é, agus cad is féidir leat a dhéanamh má cheapann tú go bhfuil an cinneadh mícheart.
block-by-operator = Tá an tseirbhís ar liosta a roghnaigh oibreoir an líonra seo.
    .pupil = Shocraigh na daoine a thugann aire don líonra seo bac a chur ar an tseirbhís.
decision = An cinneadh
decided-by = Cé a chinn
operator = Oibreoir an líonra seo
legal-basis = Dlí
reference = Uimhir an cháis
listed = Bac i bhfeidhm ó
expires = Bac i bhfeidhm go dtí
list = Liosta

## The doors, in the words of the person who takes one

doors = Cad a thug anseo thú?
door-image = Baineann sé le híomhá díomsa, nó de dhuine atá ar aithne agam
    .pupil = Rinne nó roinn duine éigin pictiúr díomsa, nó de dhuine atá ar aithne agam
door-talk = Teastaíonn uaim labhairt le duine éigin
door-worry = Tá imní orm faoi rud atá á dhéanamh agam
    .pupil = Tá imní orm faoi rud a rinne mé, nó a d’fhéadfainn a dhéanamh
door-mistake = Tháinig mé anseo trí dhearmad, nó ní aontaím
    .pupil = Tháinig mé anseo trí thimpiste, nó ceapaim go bhfuil sé seo mícheart
door-teachers = Do mhúinteoirí agus do thuismitheoirí

## “It is about an image of me”

image-heading = Níl tú i d’aonar, agus ní ortsa atá an locht
    .pupil = Níl tú i d’aonar, agus ní ortsa atá an locht
image-comfort = Má rinne nó má roinn duine éigin íomhá bhréige díot, is é an duine sin a rinne an éagóir, ní tusa. Is féidir leat cabhair a fháil gan aon mhilleán a chur ort. Tá an rud céanna fíor más íomhá de dhuine atá ar aithne agat í.
    .pupil = Má rinne nó má roinn duine éigin pictiúr bréige díot, rinne an duine sin rud mícheart. Ní dhearna tusa. Tá daoine ann a chabhróidh leat, agus níor cheart d’aon duine an milleán a chur ort. Tá an rud céanna fíor más pictiúr de dhuine atá ar aithne agat é.
rights-heading = Do chearta
    .pupil = Do chearta
right-law = I go leor tíortha tá sé in aghaidh an dlí íomhá mar sin de dhuine a dhéanamh nó a roinnt gan toiliú an duine sin, fiú más le hintleacht shaorga a rinneadh í.
    .pupil = I go leor tíortha níl cead ag aon duine pictiúr mar sin a dhéanamh ná a roinnt, fiú más ríomhaire a rinne é.
right-removal = Is féidir leat iarraidh ar shuíomhanna gréasáin agus ar aipeanna an íomhá a bhaint anuas. Cabhraíonn seirbhísí saor in aisce leat é sin a dhéanamh.
    .pupil = Is féidir leat a iarraidh go mbainfear an pictiúr anuas. Tá seirbhísí ann a chabhróidh leat, agus tá siad saor in aisce.
right-anonymous = Éisteann go leor línte cabhrach leat gan d’ainm a iarraidh ort.
    .pupil = Is féidir leat glaoch ar líne chabhrach nó scríobh chuici. Go minic, ní gá duit fiú d’ainm a rá.
step-help = Ar dtús: faigh cabhair
step-report = Ansin: iarr go mbainfear an íomhá anuas
step-report-note = Scríobh síos cá bhfuil an íomhá agus cathain a chonaic tú í, agus coinnigh na teachtaireachtaí fúithi. Má tá an duine san íomhá faoi bhun 18 mbliana d’aois, ná sábháil an íomhá féin agus ná seol í.
    .pupil = Scríobh síos cá bhfaca tú an pictiúr agus cathain, agus coinnigh na teachtaireachtaí faoi. Ná sábháil an pictiúr, agus ná seol chuig aon duine é, fiú mar fhianaise.
step-trust = Agus: inis do dhuine a bhfuil muinín agat as
step-trust-note = Tuismitheoir, duine eile de do mhuintir, múinteoir nó comhairleoir, cara. Ní gá duit é seo a iompar i d’aonar.
    .pupil = Do mham nó do dhaid, duine eile de do mhuintir, múinteoir, altra na scoile, cara maith. Ní gá duit déileáil leis seo i d’aonar.
threat-heading = Má tá duine éigin ag bagairt ort
    .pupil = Má tá duine éigin ag bagairt ort
threat = Ná híoc, agus ná seol aon rud eile. Coinnigh na teachtaireachtaí: taispeánann siad cad a tharla. Is féidir le líne chabhrach cabhrú leat a shocrú cad a dhéanfaidh tú ina dhiaidh sin.
    .pupil = Ná híoc, agus ná seol aon phictiúr eile, is cuma cad a deirtear leat. Coinnigh na teachtaireachtaí, agus taispeáin iad do dhuine fásta a bhfuil muinín agat as. Níl tú i dtrioblóid.

## “I need to talk to someone”

talk-heading = Éistfidh duine éigin leat
    .pupil = Tá duine ann a éistfidh leat
talk-comfort = Cibé rud a thug anseo thú, is féidir leat labhairt faoi. Ní chuirfear an milleán ort.
    .pupil = Cibé rud atá ann, is féidir leat labhairt faoi. Ní bheidh fearg ar aon duine leat.

## “I am worried about what I do”

worry-heading = Má tá imní ort faoi rud atá á dhéanamh agat
    .pupil = Má tá imní ort faoi rud a rinne tú, nó a d’fhéadfá a dhéanamh
worry-comfort = Is misniúil an rud é a bheith ag iarraidh athrú a dhéanamh, agus is féidir leat é a dhéanamh le cabhair. Tá daoine ann a labhróidh leat gan breith a thabhairt ort, agus ní gá duit d’ainm a thabhairt.
    .pupil = Is cróga an rud é smaoineamh air seo. Nuair a dhéantar nó a roinntear pictiúr mar sin, gortaítear duine, ach is féidir leat stopadh agus rudaí a chur ina gceart, agus tá daoine ann a chabhróidh leat.
worry-stop = Stop anseo. Ná déan agus ná roinn aon rud eile.
    .pupil = Stop anseo. Ná déan agus ná roinn aon phictiúr eile.
worry-repair = Má roinn tú íomhá, iarr ar na daoine a bhfuil sí acu í a scriosadh, agus iarr go mbainfear anuas í.
    .pupil = Má roinn tú pictiúr, inis do dhuine fásta a bhfuil muinín agat as, ionas gur féidir é a bhaint anuas go tapa.
worry-talk = Labhair le duine éigin. Cloiseann na daoine sna seirbhísí seo rudaí mar seo gach lá.
    .pupil = Labhair le duine éigin. Cloiseann na daoine ar na línte cabhrach seo rudaí mar seo gach lá.
worry-young = Má tá tú faoi bhun 18 mbliana d’aois, tá na línte cabhrach do dhaoine óga ann duitse freisin.
    .pupil = Tá na línte cabhrach do pháistí agus do dhaoine óga ann duitse freisin.

## “I am here by mistake, or I disagree”

mistake-heading = Má tháinig tú anseo trí dhearmad, nó mura n-aontaíonn tú
    .pupil = Má tháinig tú anseo trí thimpiste, nó má cheapann tú go bhfuil sé seo mícheart
mistake-leave = Má tháinig tú anseo trí thimpiste, ní gá duit aon rud a dhéanamh. Is féidir leat an leathanach a fhágáil, sin uile.
    .pupil = Má tháinig tú anseo trí thimpiste, níor tharla aon rud olc, agus níl tú i dtrioblóid. Is féidir leat an leathanach a fhágáil, sin uile.
mistake-appeal = Má cheapann tú nár cheart bac a bheith ar an tseirbhís seo, is féidir leat athbhreithniú ar an gcinneadh a iarraidh:
    .pupil = Má cheapann tú nár cheart bac a bheith ar an tseirbhís seo, labhair le duine fásta faoi. Is féidir leatsa nó leis an duine fásta athbhreithniú ar an gcinneadh a iarraidh:
mistake-reference = Tabhair uimhir an cháis, le do thoil:
    .pupil = Scríobh an uimhir cháis seo i do theachtaireacht:
mistake-subject = Iarratas ar athbhreithniú
mistake-operator = Le haghaidh ceisteanna faoin líonra seo agus faoi na seirbhísí a bhfuil bac orthu:
    .pupil = Má tá ceist agat, cuir ar mhúinteoir í nó scríobh anseo:
mistake-no-operator = Má tá ceist agat faoin líonra seo nó faoi na seirbhísí a bhfuil bac orthu, cuir í ar an té a sholáthraíonn an líonra duit: do sholáthraí idirlín, do scoil nó d’fhostóir.
    .pupil = Má tá ceist agat, cuir ar mhúinteoir í, nó ar an duine a thugann aire don idirlíon san áit a bhfuil tú.
mistake-record = Is eolas poiblí an méid a deir an liosta faoin gcás seo:

## For teachers and parents

teachers-heading = Conas labhairt faoi íomhánna bréige nochta
teachers-lead = Is leor gnáthghrianghraf chun go ndéanfaidh intleacht shaorga íomhá a thaispeánann duine nocht. Déanann daltaí é seo ar dhaltaí eile. Is cailíní iad formhór na ndaoine a thaispeántar. Is féidir le híomhá bhréige an oiread céanna dochair a dhéanamh agus a dhéanfadh íomhá fhíor.
teachers-class = Sa rang
teachers-class-consent = Fiafraigh cad is brí le toiliú i gcás íomhá: nuair a thógtar í, nuair a athraítear í, nuair a chuirtear ar aghaidh í.
teachers-class-person = Labhair faoin duine a thaispeántar. Ná cuardaigh samplaí choíche, agus ná taispeáin aon cheann.
teachers-class-bystander = Aontaígí cad ba cheart a dhéanamh nuair a thagann íomhá mar sin: gan í a chur ar aghaidh, seasamh leis an duine a thaispeántar, insint do dhuine fásta.
teachers-class-whom = Abair cé leis ar féidir labhairt faoi i do scoil, agus nach ionann insint agus sceitheadh.
teachers-incident = Nuair atá sé tarlaithe
teachers-incident-listen = Éist, fan socair, creid an páiste, agus abair nach ar an bpáiste atá an locht.
teachers-incident-image = Ná cóipeáil an íomhá, ná cuir ar aghaidh í, agus ná féach uirthi gan ghá. Breac síos cá bhfuil sí agus cé a d’inis duit fúithi.
teachers-incident-protect = Aontaigh leis an bpáiste cé na daoine ar gá dóibh a bheith ar an eolas, agus cosain an páiste orthu siúd atá ag cur na híomhá thart.
teachers-incident-report = Bain úsáid as na seirbhísí thíos chun go mbainfear an íomhá anuas, agus cuir na húdaráis ar an eolas mar a éilíonn an dlí.
teachers-incident-others = Is minic gur páistí freisin iad na daoine a rinne í. Teastaíonn teorainneacha soiléire uathu, agus cabhair.

## Whom each kind of help is for

need-danger = Má tá tú i mbaol anois
    .pupil = Má tá tú i mbaol anois díreach
need-danger-call = Glaoigh ar sheirbhísí éigeandála do thíre.
    .pupil = Glaoigh ar an uimhir éigeandála, nó iarr ar dhuine fásta glaoch uirthi.
need-talk-young = Labhair le duine éigin: leanaí agus daoine óga
need-talk-anyone = Labhair le duine éigin: aois ar bith
need-remove-young = Íomhá a bhaint anuas: duine faoi bhun 18 inti
need-remove-adult = Íomhá a bhaint anuas: duine 18 nó níos sine inti
need-worried = Do dhaoine fásta a bhfuil imní orthu fúthu féin

## In the directory of help services

help-emergency = seirbhísí éigeandála
help-child-helplines = línte cabhrach náisiúnta do leanaí
help-not-everywhere = níl siad i ngach tír
help-safer-internet = Ionaid um Idirlíon Níos Sábháilte
help-parents-too = do thuismitheoirí agus do mhúinteoirí freisin
help-find-helpline = Aimsigh líne chabhrach do leanaí
help-by-country = de réir tíre
help-hotlines = beolínte
help-report-anonymously = tuairiscigh gan ainm, de réir tíre

## The public record of a case

record-title = Taifead poiblí
record-heading = Taifead poiblí ar chás
record-in-force = An méid a deir na liostaí atá i bhfeidhm ar an líonra seo faoin gcás seo:
record-none = Níl cás leis an uimhir seo in aon liosta atá i bhfeidhm ar an líonra seo.
record-service = Seirbhís
record-service-withheld = Ní thaispeántar í, ionas nach gcabhróidh an taifead seo le haon duine teacht uirthi.
record-rules = Ainmneacha bactha

## About the service itself, on its own address

about-title = Maidir le seirbhísí bactha
about-heading = Tá seirbhísí ann nach bhfuil rochtain orthu ón líonra seo
about-what = Tá seirbhísí áirithe neamhdhleathach, nó roghnaigh na daoine atá i mbun an líonra seo bac a chur orthu. Nuair a fhiafraíonn gléas ar an líonra seo cá bhfuil seirbhís mar sin, seoltar chuig leathanach rabhaidh é ina ionad sin.
about-told-heading = Cad a insíonn an leathanach rabhaidh duit
about-told = Cén fáth a bhfuil bac ar an tseirbhís, cé a chinn é, faoi cén dlí, agus uimhir an cháis, sa mhéid is go bhfuil an t-eolas sin i liosta na seirbhísí bactha. Deir sé freisin cá bhfuil cabhair le fáil.
about-kept-heading = Cad a choinnítear fút
about-kept = Dada. Ní úsáideann na leathanaigh seo fianáin, agus ní choinníonn siad taifead ar an té a d’oscail iad ná ar an rud a bhí á lorg.
about-contest-heading = Mura n-aontaíonn tú
about-contest = Nuair a deir liosta cé a dhéanann athbhreithniú ar a chuid cinntí, tugann an leathanach rabhaidh an seoladh agus uimhir an cháis.
about-run-by = Oibreoir an líonra seo: { $operator }.

## Pages of one sentence

misdirected = Níl bac ar an tseirbhís seo, nó níl a thuilleadh
misdirected-sentence = Seanfhreagra a chuir do ghléas anseo. Fan nóiméad, le do thoil, agus ansin athlódáil an leathanach seo.
missing = Níl a leithéid de leathanach ann
missing-sentence = Tá míniú ar na leathanaigh seo anseo:
unreadable = Níorbh fhéidir an t-iarratas seo a léamh
unreadable-sentence = Ní deir sé go soiléir cén tseirbhís lena mbaineann sé.
read-only = Níl an leathanach seo ann ach le léamh
read-only-sentence = Ní féidir aon rud a sheoladh chuige.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day } { $month ->
    [1] Eanáir
    [2] Feabhra
    [3] Márta
    [4] Aibreán
    [5] Bealtaine
    [6] Meitheamh
    [7] Iúil
    [8] Lúnasa
    [9] Meán Fómhair
    [10] Deireadh Fómhair
    [11] Samhain
   *[12] Nollaig
} { $year }
region-AT = an Ostair
region-BE = an Bheilg
region-BG = an Bhulgáir
region-CY = an Chipir
region-CZ = an tSeicia
region-DE = an Ghearmáin
region-DK = an Danmhairg
region-EE = an Eastóin
region-ES = an Spáinn
region-FI = an Fhionlainn
region-FR = an Fhrainc
region-GR = an Ghréig
region-HR = an Chróit
region-HU = an Ungáir
region-IE = Éire
region-IT = an Iodáil
region-LT = an Liotuáin
region-LU = Lucsamburg
region-LV = an Laitvia
region-MT = Málta
region-NL = an Ísiltír
region-PL = an Pholainn
region-PT = an Phortaingéil
region-RO = an Rómáin
region-SE = an tSualainn
region-SI = an tSlóivéin
region-SK = an tSlóvaic
region-EU = an tAontas Eorpach
region-GB = an Ríocht Aontaithe
region-NO = an Iorua
region-IS = an Íoslainn
region-LI = Lichtinstéin
region-CH = an Eilvéis
region-UA = an Úcráin
region-TR = an Tuirc
region-RS = an tSeirbia
region-MD = an Mholdóiv
region-US = Stáit Aontaithe Mheiriceá
region-CA = Ceanada
region-AU = an Astráil
region-NZ = an Nua-Shéalainn
region-KR = an Chóiré Theas
region-JP = an tSeapáin
region-CN = an tSín
region-TW = an Téaváin
region-HK = Hong Cong
region-SG = Singeapór
region-IN = an India
region-ID = an Indinéis
region-MY = an Mhalaeisia
region-PH = Na hOileáin Fhilipíneacha
region-TH = an Téalainn
region-VN = Vítneam
region-KE = an Chéinia
region-TZ = an Tansáin
region-UG = Uganda
region-RW = Ruanda
region-ZA = an Afraic Theas
region-NG = an Nigéir
region-EG = an Éigipt
region-MA = Maracó
region-TN = an Tuinéis
region-SA = an Araib Shádach
region-AE = Aontas na nÉimíríochtaí Arabacha
region-BR = an Bhrasaíl
region-MX = Meicsiceo
region-AR = an Airgintín
region-CL = an tSile
region-CO = an Cholóim
