### Türkçe.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Türkçe
direction = ltr

## What stands around every page

leave = Bu sayfadan hızlı çıkış
leave-note = Bu, tarama geçmişini silmez.
leave-key = Sayfadan, Escape (Esc) tuşuna üç kez basarak da çıkılabilir.
languages = Diller
back = Uyarıya geri dön
private = Bu sayfa çerez kullanmaz. Ziyaretinize ya da ne aradığınıza ilişkin hiçbir kayıt tutmaz.
    .pupil = Bu sayfa kim olduğunu ya da ne aradığını kaydetmez.
help-dated = Yardım hizmetleri listesi { $date } tarihlidir.

## The block: what it is, and who decided

block-title = Erişim engellendi
block-unlawful = Bu hizmet burada yasalara aykırıdır ve erişime kapatılmıştır
    .pupil = Bu hizmet burada yasalara aykırı, bu yüzden engellendi
block-plain = Bu hizmet bu ağda engellenmiştir
    .pupil = Bu hizmet burada engellendi
block-harm = Bu tür hizmetler, yapay zekâyla gerçek insanların sahte çıplak görüntülerini oluşturur; bu kişiler buna hiçbir zaman izin vermemiştir. Bu bir istismar biçimidir ve birçoğu kız çocuğu ve kadın olan bu kişiler bundan uzun süre zarar görebilir.
    .pupil = Bu tür hizmetler, yapay zekâyla gerçek insanların sahte çıplak fotoğraflarını oluşturur. O insanlara kimse sormadı ve bu, onlara çok uzun süre acı verebilir.
block-by-authority = Yetkili bir kamu makamı, bu hizmete erişilmemesi gerektiğine karar verdi. Karar ve karara itiraz etmenin yolu bu sayfada yer alıyor.
    .pupil = Buna resmî bir kurum karar verdi. Bunun hangi kurum olduğunu ve kararın yanlış olduğunu düşünüyorsan ne yapabileceğini aşağıda okuyabilirsin.
block-by-operator = Bu hizmet, bu ağın işletmecisinin seçtiği bir listede yer alıyor.
    .pupil = Bu ağdan sorumlu olan kişiler bu hizmeti engellemeyi tercih etti.
decision = Karar
decided-by = Kararı veren
operator = Bu ağın işletmecisi
legal-basis = Yasal dayanak
reference = Dosya numarası
listed = Engelin başladığı tarih
expires = Engelin biteceği tarih
list = Liste

## The doors, in the words of the person who takes one

doors = Konu nedir?
door-image = Benim ya da tanıdığım birinin görüntüsüyle ilgili
    .pupil = Biri benim ya da tanıdığım birinin bir fotoğrafını oluşturdu veya paylaştı
door-talk = Biriyle konuşmaya ihtiyacım var
door-worry = Yaptıklarım beni endişelendiriyor
    .pupil = Yaptığım ya da yapabileceğim bir şey beni endişelendiriyor
door-mistake = Buraya yanlışlıkla geldim ya da karara katılmıyorum
    .pupil = Buraya yanlışlıkla geldim ya da bence bu doğru değil
door-teachers = Öğretmenler ve ebeveynler için

## “It is about an image of me”

image-heading = Yalnız değilsiniz ve bu sizin suçunuz değil
    .pupil = Yalnız değilsin ve bu senin suçun değil
image-comfort = Biri sizin sahte bir görüntünüzü oluşturduysa ya da paylaştıysa yanlış yapan odur, siz değilsiniz. Suçlanmadan yardım alabilirsiniz. Bu, tanıdığınız kişi için de geçerlidir.
    .pupil = Biri senin sahte bir fotoğrafını oluşturduysa ya da paylaştıysa yanlış yapan odur, sen değilsin. Sana yardım edecek insanlar var ve kimse seni suçlamamalı. Bu, tanıdığın kişi için de geçerli.
rights-heading = Haklarınız
    .pupil = Hakların
right-law = Birçok ülkede, bir kişinin böyle bir görüntüsünü rızası olmadan oluşturmak ya da paylaşmak yasalara aykırıdır; görüntü yapay zekâyla oluşturulmuş olsa bile.
    .pupil = Birçok ülkede kimsenin böyle bir fotoğraf oluşturmasına ya da paylaşmasına izin verilmez; fotoğrafı bir bilgisayar yapmış olsa bile.
right-removal = İnternet sitelerinden ve uygulamalardan görüntüyü kaldırmalarını isteyebilirsiniz. Ücretsiz hizmetler bu konuda size yardımcı olur.
    .pupil = Fotoğrafın kaldırılmasını isteyebilirsin. Bu konuda sana yardım eden hizmetler var ve bunlar ücretsiz.
right-anonymous = Birçok yardım hattı, adınızı sormadan sizi dinler.
    .pupil = Bir yardım hattını arayabilir ya da oraya yazabilirsin. Çoğu zaman adını söylemen bile gerekmez.
step-help = İlk adım: yardım almak
step-report = Sonraki adım: görüntüyü kaldırtmak
step-report-note = Görüntünün nerede olduğunu ve onu ne zaman gördüğünüzü not edin, görüntüyle ilgili mesajları saklayın. Görüntüdeki kişi 18 yaşından küçükse görüntünün kendisini kaydetmeyin ve göndermeyin.
    .pupil = Fotoğrafı nerede ve ne zaman gördüğünü yaz, onunla ilgili mesajları sakla. Fotoğrafı kaydetme, kimseye gönderme; kanıt olsun diye bile.
step-trust = Ayrıca: güvenilir birine anlatmak
step-trust-note = Anne ya da baba, aileden biri, bir öğretmen ya da psikolojik danışman, bir arkadaş. Bunu tek başınıza taşımak zorunda değilsiniz.
    .pupil = Annen ya da baban, ailenden bir başkası, bir öğretmen, okulun rehber öğretmeni, iyi bir arkadaşın. Bununla tek başına uğraşmak zorunda değilsin.
threat-heading = Biri sizi tehdit ediyorsa
    .pupil = Biri seni tehdit ediyorsa
threat = Para ödemeyin ve başka hiçbir şey göndermeyin. Gelen mesajları saklayın: bunlar neler olduğunu gösterir. Sonrasında ne yapacağınıza karar verirken bir yardım hattı size destek olabilir.
    .pupil = Ne derse desin, para ödeme ve başka fotoğraf gönderme. Gelen mesajları sakla ve güvendiğin bir yetişkine göster. Bunda senin bir suçun yok.

## “I need to talk to someone”

talk-heading = Sizi dinleyecek biri var
    .pupil = Seni dinleyecek biri var
talk-comfort = Sizi buraya getiren ne olursa olsun, bunu konuşabilirsiniz. Kimse sizi suçlamayacak.
    .pupil = Ne olursa olsun, bunu anlatabilirsin. Kimse sana kızmayacak.

## “I am worried about what I do”

worry-heading = Yaptıklarınız sizi endişelendiriyorsa
    .pupil = Yaptığın ya da yapabileceğin bir şey seni endişelendiriyorsa
worry-comfort = Bir şeyi değiştirmek istemek cesaret ister ve bunu yardım alarak başarabilirsiniz. Sizi yargılamadan dinleyecek insanlar var ve adınızı söylemek zorunda değilsiniz.
    .pupil = Bunun üzerine düşünmek cesaret ister. Böyle bir fotoğraf oluşturmak ya da paylaşmak birini incitir; ama durabilir ve işleri düzeltebilirsin. Bu konuda sana yardım eden insanlar var.
worry-stop = Burada bırakın. Yeni bir görüntü oluşturmayın, hiçbir görüntüyü paylaşmayın.
    .pupil = Burada bırak. Artık böyle fotoğraflar oluşturma ve paylaşma.
worry-repair = Bir görüntü paylaştıysanız, onu elinde bulunduranlardan silmelerini isteyin ve görüntüyü kaldırtın.
    .pupil = Bir fotoğraf paylaştıysan güvendiğin bir yetişkine söyle; böylece fotoğraf çabucak kaldırılabilir.
worry-talk = Biriyle konuşun. Bu hizmetlerde çalışanlar her gün böyle şeyler duyar.
    .pupil = Biriyle konuş. Bu yardım hatlarında çalışanlar her gün böyle şeyler duyar.
worry-young = 18 yaşından küçükseniz gençlere yönelik yardım hatları sizin için de var.
    .pupil = Çocuklara ve gençlere yönelik yardım hatları senin için de var.

## “I am here by mistake, or I disagree”

mistake-heading = Buraya yanlışlıkla geldiyseniz ya da karara katılmıyorsanız
    .pupil = Buraya yanlışlıkla geldiysen ya da bunun doğru olmadığını düşünüyorsan
mistake-leave = Buraya yanlışlıkla geldiyseniz yapmanız gereken bir şey yok. Sayfadan çıkabilirsiniz.
    .pupil = Buraya yanlışlıkla geldiysen kötü bir şey olmadı ve başın dertte değil. Sayfadan çıkabilirsin.
mistake-appeal = Bu hizmetin engellenmemesi gerektiğini düşünüyorsanız kararın yeniden incelenmesini isteyebilirsiniz:
    .pupil = Bu hizmetin engellenmemesi gerektiğini düşünüyorsan bunu bir yetişkinle konuş. Kararın yeniden incelenmesini sen de o da isteyebilirsiniz:
mistake-reference = Lütfen dosya numarasını belirtin:
    .pupil = Mesajına şu dosya numarasını yaz:
mistake-subject = Kararın yeniden incelenmesi talebi
mistake-operator = Bu ağ ve ağda engellenen hizmetler hakkındaki sorularınız için:
    .pupil = Soruların varsa bir öğretmene sor ya da buraya yaz:
mistake-no-operator = Bu ağ ve ağda engellenen hizmetler hakkındaki sorularınızı, ağı size sağlayana sorun: internet sağlayıcınıza, okulunuza ya da iş yerinize.
    .pupil = Soruların varsa bir öğretmene ya da bulunduğun yerde internetten sorumlu olan kişiye sor.
mistake-record = Listede bu dosya hakkında yazanlar herkese açıktır:

## For teachers and parents

teachers-heading = Sahte çıplak görüntüler hakkında konuşmak
teachers-lead = Yapay zekânın, bir kişiyi çıplak gösteren bir görüntü oluşturması için sıradan bir fotoğraf yeterlidir. Öğrenciler bunu başka öğrencilere yapıyor. Bu görüntülerde gösterilenlerin çoğu kız çocuğu. Sahte bir görüntü, gerçek bir görüntü kadar acı verebilir.
teachers-class = Sınıfta
teachers-class-consent = Bir görüntü söz konusu olduğunda rızanın ne anlama geldiğini sorun: çekilirken, değiştirilirken, başkalarına iletilirken.
teachers-class-person = Görüntüden değil, orada gösterilen insandan söz edin. Hiçbir zaman örnek aramayın, hiçbir örnek göstermeyin.
teachers-class-bystander = Böyle bir görüntü geldiğinde ne yapılacağını birlikte kararlaştırın: onu başkalarına iletmemek, gösterilen kişinin yanında olmak, bir yetişkine söylemek.
teachers-class-whom = Okulunuzda kime söylenebileceğini ve söylemenin ispiyonculuk olmadığını anlatın.
teachers-incident = Böyle bir şey yaşandığında
teachers-incident-listen = Dinleyin, sakin kalın, çocuğa inanın ve bunun onun suçu olmadığını söyleyin.
teachers-incident-image = Görüntüyü kopyalamayın, başkalarına iletmeyin ve gerekmedikçe ona bakmayın. Nerede olduğunu ve size kimin söylediğini not edin.
teachers-incident-protect = Kimlerin bilmesi gerektiğine çocukla birlikte karar verin ve çocuğu, görüntüyü yayanlardan koruyun.
teachers-incident-report = Aşağıdaki hizmetlerin yardımıyla görüntüyü kaldırtın ve yetkilileri, ülkenizdeki yasaların öngördüğü şekilde bilgilendirin.
teachers-incident-others = Bunu yapanlar da çoğu zaman çocuktur. Onların açık sınırlara ve yardıma ihtiyacı vardır.

## Whom each kind of help is for

need-danger = Şu anda tehlikedeyseniz
    .pupil = Şu anda tehlikedeysen
need-danger-call = Ülkenizdeki acil çağrı numarasını arayın.
    .pupil = Acil çağrı numarasını ara ya da bir yetişkinden aramasını iste.
need-talk-young = Biriyle konuşmak: çocuklar ve gençler için
need-talk-anyone = Biriyle konuşmak: her yaş için
need-remove-young = Görüntüyü kaldırtmak: görüntüdeki kişi 18 yaşından küçükse
need-remove-adult = Görüntüyü kaldırtmak: görüntüdeki kişi 18 yaşında ya da daha büyükse
need-worried = Kendi davranışlarından endişe duyan yetişkinler için

## In the directory of help services

help-emergency = acil yardım hizmetleri
help-child-helplines = ulusal çocuk yardım hatları
help-not-everywhere = her ülkede yok
help-safer-internet = Güvenli İnternet Merkezleri
help-parents-too = ebeveynler ve öğretmenler için de
help-find-helpline = Çocuk yardım hattı bul
help-by-country = ülkelere göre
help-hotlines = ihbar hatları
help-report-anonymously = isim vermeden bildirim, ülkelere göre

## The public record of a case

record-title = Kamuya açık kayıt
record-heading = Dosyanın kamuya açık kaydı
record-in-force = Bu ağda yürürlükte olan listelerde bu dosya hakkında yazanlar:
record-none = Bu ağda yürürlükte olan hiçbir listede bu numarayı taşıyan bir dosya yok.
record-service = Hizmet
record-service-withheld = Bu kayıt kimsenin hizmeti bulmasına yardımcı olmasın diye gösterilmiyor.
record-rules = Engellenen ad sayısı

## About the service itself, on its own address

about-title = Engellenen hizmetler hakkında
about-heading = Bazı hizmetlere bu ağdan erişilemez
about-what = Bazı hizmetler yasalara aykırıdır ya da bu ağı işletenlerin tercihiyle engellenmiştir. Bu ağdaki bir cihaz böyle bir hizmetin nerede olduğunu sorduğunda, hizmet yerine bir uyarı sayfasına yönlendirilir.
about-told-heading = Uyarı sayfasının size bildirdikleri
about-told = Hizmetin neden engellendiğini, buna kimin, hangi yasaya göre karar verdiğini ve dosya numarasını, engellenen hizmetler listesinde belirtildiği ölçüde bildirir. Nereden yardım alınabileceğini de gösterir.
about-kept-heading = Hakkınızda ne saklanır
about-kept = Hiçbir şey. Bu sayfalar çerez kullanmaz; onları kimin açtığına ya da kimin ne aradığına ilişkin kayıt tutmaz.
about-contest-heading = Karara katılmıyorsanız
about-contest = Bir listede, kararlarını kimin yeniden incelediği belirtilmişse uyarı sayfası onun adresini ve dosya numarasını verir.
about-run-by = Bu ağı işleten: { $operator }.

## Pages of one sentence

misdirected = Bu hizmet engellenmiş değil ya da engel kaldırıldı
misdirected-sentence = Cihazınız buraya eski bir yanıt nedeniyle yönlendirildi. Lütfen bir dakika bekleyin, sonra bu sayfayı yenileyin.
missing = Böyle bir sayfa yok
missing-sentence = Bu sayfalar hakkında bilgi burada:
unreadable = Bu istek okunamadı
unreadable-sentence = İsteğin hangi hizmete yönelik olduğu açıkça anlaşılmıyor.
read-only = Bu sayfa yalnızca okunabilir
read-only-sentence = Bu sayfaya hiçbir şey gönderilemez.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day } { $month ->
    [1] Ocak
    [2] Şubat
    [3] Mart
    [4] Nisan
    [5] Mayıs
    [6] Haziran
    [7] Temmuz
    [8] Ağustos
    [9] Eylül
    [10] Ekim
    [11] Kasım
   *[12] Aralık
} { $year }
region-AT = Avusturya
region-BE = Belçika
region-BG = Bulgaristan
region-CY = Kıbrıs
region-CZ = Çekya
region-DE = Almanya
region-DK = Danimarka
region-EE = Estonya
region-ES = İspanya
region-FI = Finlandiya
region-FR = Fransa
region-GR = Yunanistan
region-HR = Hırvatistan
region-HU = Macaristan
region-IE = İrlanda
region-IT = İtalya
region-LT = Litvanya
region-LU = Lüksemburg
region-LV = Letonya
region-MT = Malta
region-NL = Hollanda
region-PL = Polonya
region-PT = Portekiz
region-RO = Romanya
region-SE = İsveç
region-SI = Slovenya
region-SK = Slovakya
region-EU = Avrupa Birliği
region-GB = Birleşik Krallık
region-NO = Norveç
region-IS = İzlanda
region-LI = Liechtenstein
region-CH = İsviçre
region-UA = Ukrayna
region-TR = Türkiye
region-RS = Sırbistan
region-MD = Moldova
region-US = Amerika Birleşik Devletleri
region-CA = Kanada
region-AU = Avustralya
region-NZ = Yeni Zelanda
region-KR = Güney Kore
region-JP = Japonya
region-CN = Çin
region-TW = Tayvan
region-HK = Hong Kong
region-SG = Singapur
region-IN = Hindistan
region-ID = Endonezya
region-MY = Malezya
region-PH = Filipinler
region-TH = Tayland
region-VN = Vietnam
region-KE = Kenya
region-TZ = Tanzanya
region-UG = Uganda
region-RW = Ruanda
region-ZA = Güney Afrika
region-NG = Nijerya
region-EG = Mısır
region-MA = Fas
region-TN = Tunus
region-SA = Suudi Arabistan
region-AE = Birleşik Arap Emirlikleri
region-BR = Brezilya
region-MX = Meksika
region-AR = Arjantin
region-CL = Şili
region-CO = Kolombiya
