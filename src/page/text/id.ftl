### Bahasa Indonesia.
### Made: translated from en.ftl by a language model, read again by another for tone, grammar and register.
### Native reader: none yet.

language = Bahasa Indonesia
direction = ltr

## What stands around every page

leave = Tinggalkan halaman ini sekarang
leave-note = Riwayat penjelajahan tidak ikut terhapus.
leave-key = Bisa juga dengan menekan tombol Esc tiga kali.
languages = Bahasa
back = Kembali ke pemberitahuan
private = Halaman ini tidak memakai cookie. Kunjungan Anda dan apa yang Anda cari tidak dicatat.
    .pupil = Halaman ini tidak mencatat siapa kamu atau apa yang kamu cari.
help-dated = Daftar layanan bantuan per { $date }.

## The block: what it is, and who decided

block-title = Akses diblokir
block-unlawful = Layanan ini melanggar hukum di sini, dan aksesnya diblokir
    .pupil = Layanan ini melanggar hukum di sini, jadi diblokir
block-plain = Layanan ini diblokir di jaringan ini
    .pupil = Layanan ini diblokir di sini
block-harm = Layanan seperti ini memakai AI untuk membuat gambar telanjang palsu dari orang sungguhan yang tidak pernah menyetujuinya. Ini salah satu bentuk kekerasan. Orang-orang dalam gambar itu, banyak di antaranya anak perempuan dan perempuan dewasa, bisa menderita untuk waktu yang lama.
    .pupil = Layanan seperti ini memakai AI untuk membuat foto telanjang palsu dari orang sungguhan. Orang-orang itu tidak pernah dimintai izin, dan hati mereka bisa terluka untuk waktu yang sangat lama.
block-by-authority = Lembaga yang berwenang telah memutuskan agar layanan ini tidak dapat diakses. Keputusan itu dan cara mengajukan keberatan tercantum di halaman ini.
    .pupil = Sebuah lembaga resmi memutuskan bahwa layanan ini harus diblokir. Di bawah ini kamu bisa membaca lembaga mana itu dan apa yang bisa kamu lakukan kalau menurutmu keputusan itu keliru.
block-by-operator = Layanan ini ada dalam daftar yang dipilih oleh pengelola jaringan ini.
    .pupil = Orang-orang yang mengelola jaringan ini memilih untuk memblokir layanan ini.
decision = Keputusan
decided-by = Diputuskan oleh
operator = Pengelola jaringan ini
legal-basis = Dasar hukum
reference = Nomor kasus
listed = Diblokir sejak
expires = Diblokir sampai
list = Daftar

## The doors, in the words of the person who takes one

doors = Pilih yang paling sesuai
door-image = Ini tentang gambar saya, atau gambar orang yang saya kenal
    .pupil = Ada yang membuat atau menyebarkan fotoku, atau foto orang yang kukenal
door-talk = Saya butuh seseorang untuk diajak bicara
door-worry = Saya khawatir tentang apa yang saya lakukan
    .pupil = Aku khawatir tentang sesuatu yang sudah kulakukan, atau mungkin akan kulakukan
door-mistake = Saya tidak sengaja sampai di sini, atau saya tidak setuju
    .pupil = Aku tidak sengaja sampai di sini, atau menurutku ini keliru
door-teachers = Untuk guru dan orang tua

## “It is about an image of me”

image-heading = Anda tidak sendirian, dan ini bukan salah Anda
    .pupil = Kamu tidak sendirian, dan ini bukan salahmu
image-comfort = Jika seseorang membuat atau menyebarkan gambar palsu diri Anda, dialah yang berbuat salah, bukan Anda. Anda bisa mendapat bantuan tanpa disalahkan. Hal yang sama berlaku bagi orang yang Anda kenal.
    .pupil = Kalau ada yang membuat atau menyebarkan foto palsu dirimu, dia yang berbuat salah, bukan kamu. Ada orang-orang yang akan menolongmu, dan tidak seorang pun boleh menyalahkanmu. Begitu juga kalau ini terjadi pada orang yang kamu kenal.
rights-heading = Hak Anda
    .pupil = Hakmu
right-law = Di banyak negara, membuat atau menyebarkan gambar seperti itu tanpa persetujuan orangnya melanggar hukum, meskipun gambar itu dibuat dengan AI.
    .pupil = Di banyak negara, tidak seorang pun boleh membuat atau menyebarkan foto seperti itu, walaupun dibuat dengan komputer.
right-removal = Anda bisa meminta situs web dan aplikasi menghapus gambar itu. Ada layanan gratis yang membantu Anda melakukannya.
    .pupil = Kamu bisa meminta agar foto itu dihapus. Ada layanan gratis yang membantumu.
right-anonymous = Banyak saluran bantuan mau mendengarkan tanpa menanyakan nama Anda.
    .pupil = Kamu bisa menelepon atau mengirim pesan ke saluran bantuan. Sering kali kamu bahkan tidak perlu menyebutkan nama.
step-help = Pertama: cari bantuan
step-report = Lalu: minta gambarnya dihapus
step-report-note = Catat di mana gambar itu berada dan kapan Anda melihatnya, dan simpan pesan-pesan tentang gambar itu. Jika orang di dalamnya berusia di bawah 18 tahun, jangan menyimpan atau mengirim gambarnya.
    .pupil = Catat di mana dan kapan kamu melihat foto itu, dan simpan pesan-pesan tentang foto itu. Jangan simpan fotonya, dan jangan kirim kepada siapa pun, bahkan sebagai bukti pun jangan.
step-trust = Dan: ceritakan kepada orang yang dipercaya
step-trust-note = Orang tua, anggota keluarga lain, guru atau konselor, atau teman. Anda tidak harus menanggung ini sendirian.
    .pupil = Ibu atau ayah, anggota keluarga lain, guru, petugas UKS, atau teman baik. Kamu tidak harus menghadapi ini sendirian.
threat-heading = Jika ada yang mengancam Anda
    .pupil = Kalau ada yang mengancammu
threat = Jangan membayar, dan jangan mengirim apa pun lagi. Simpan pesan-pesan dari orang itu, karena pesan itu menunjukkan apa yang terjadi. Saluran bantuan bisa membantu Anda menentukan langkah berikutnya.
    .pupil = Jangan membayar, dan jangan mengirim foto lagi, apa pun yang dia katakan. Simpan pesan-pesannya, dan tunjukkan kepada orang dewasa yang kamu percaya. Ini bukan salahmu.

## “I need to talk to someone”

talk-heading = Ada yang mau mendengarkan Anda
    .pupil = Ada yang mau mendengarkanmu
talk-comfort = Apa pun yang membawa Anda ke sini, Anda bisa membicarakannya. Anda tidak akan disalahkan.
    .pupil = Apa pun masalahnya, kamu boleh menceritakannya. Tidak ada yang akan marah kepadamu.

## “I am worried about what I do”

worry-heading = Jika Anda khawatir tentang apa yang Anda lakukan
    .pupil = Kalau kamu khawatir tentang sesuatu yang sudah kamu lakukan, atau mungkin akan kamu lakukan
worry-comfort = Ingin berubah itu butuh keberanian, dan Anda bisa melakukannya dengan bantuan. Ada orang-orang yang bisa diajak bicara dan tidak akan menghakimi Anda. Anda tidak perlu menyebutkan nama.
    .pupil = Kamu berani karena mau memikirkannya. Membuat atau menyebarkan foto seperti itu menyakiti orang lain, tetapi kamu bisa berhenti dan memperbaikinya, dan ada orang-orang yang akan membantumu.
worry-stop = Berhentilah di sini. Jangan membuat atau menyebarkan apa pun lagi.
    .pupil = Berhentilah di sini. Jangan membuat atau menyebarkan foto lagi.
worry-repair = Jika Anda sudah membagikan gambar, mintalah orang-orang yang memilikinya untuk menghapusnya, dan mintalah situs atau aplikasinya menghapus gambar itu.
    .pupil = Kalau kamu sudah membagikan foto, ceritakan kepada orang dewasa yang kamu percaya, supaya foto itu bisa cepat dihapus.
worry-talk = Bicaralah dengan seseorang. Orang-orang di layanan ini mendengar cerita seperti ini setiap hari.
    .pupil = Bicaralah dengan seseorang. Orang-orang di saluran bantuan ini mendengar cerita seperti ini setiap hari.
worry-young = Jika Anda berusia di bawah 18 tahun, saluran bantuan untuk anak dan remaja juga ada untuk Anda.
    .pupil = Saluran bantuan untuk anak dan remaja juga ada untukmu.

## “I am here by mistake, or I disagree”

mistake-heading = Jika Anda tidak sengaja sampai di sini, atau tidak setuju
    .pupil = Kalau kamu tidak sengaja sampai di sini, atau menurutmu ini keliru
mistake-leave = Jika Anda tidak sengaja sampai di sini, tidak ada yang perlu Anda lakukan. Tinggalkan saja halaman ini.
    .pupil = Kalau kamu tidak sengaja sampai di sini, tidak ada hal buruk yang terjadi, dan kamu tidak melakukan kesalahan. Tinggalkan saja halaman ini.
mistake-appeal = Jika menurut Anda layanan ini seharusnya tidak diblokir, Anda dapat meminta agar keputusan itu ditinjau ulang:
    .pupil = Kalau menurutmu layanan ini seharusnya tidak diblokir, bicarakan dengan orang dewasa. Kamu atau mereka bisa meminta agar keputusan itu ditinjau ulang:
mistake-reference = Harap cantumkan nomor kasus:
    .pupil = Tulis nomor kasus ini dalam pesanmu:
mistake-subject = Permohonan peninjauan ulang
mistake-operator = Untuk pertanyaan tentang jaringan ini dan apa yang diblokirnya:
    .pupil = Kalau kamu punya pertanyaan, tanyakan kepada guru atau tulis ke sini:
mistake-no-operator = Untuk pertanyaan tentang jaringan ini dan apa yang diblokirnya, hubungi pihak yang menyediakannya bagi Anda: penyedia internet, sekolah, atau tempat kerja Anda.
    .pupil = Kalau kamu punya pertanyaan, tanyakan kepada guru, atau kepada orang yang mengurus internet di tempatmu.
mistake-record = Keterangan dalam daftar tentang kasus ini terbuka untuk umum:

## For teachers and parents

teachers-heading = Membicarakan gambar telanjang palsu
teachers-lead = Satu foto biasa sudah cukup bagi AI untuk membuat gambar yang memperlihatkan seseorang telanjang. Ada siswa yang melakukannya terhadap sesama siswa. Kebanyakan orang dalam gambar itu adalah anak perempuan. Gambar palsu bisa sama menyakitkannya dengan gambar asli.
teachers-class = Di kelas
teachers-class-consent = Tanyakan apa arti persetujuan untuk sebuah gambar: saat diambil, saat diubah, dan saat diteruskan.
teachers-class-person = Ajak siswa memikirkan orang yang ada dalam gambar. Jangan pernah mencari contoh, dan jangan pernah memperlihatkannya.
teachers-class-bystander = Sepakati apa yang harus dilakukan ketika menerima gambar seperti itu: jangan diteruskan, dukung orang yang ada dalam gambar, dan beri tahu orang dewasa.
teachers-class-whom = Jelaskan siapa di sekolah yang bisa diberi tahu, dan bahwa memberi tahu bukan berarti berkhianat.
teachers-incident = Ketika sudah terjadi
teachers-incident-listen = Dengarkan, tetap tenang, percayai anak itu, dan katakan bahwa ini bukan salahnya.
teachers-incident-image = Jangan menyalin atau meneruskan gambar itu, dan jangan melihatnya bila tidak perlu. Catat di mana gambar itu berada dan siapa yang memberi tahu Anda.
teachers-incident-protect = Sepakati bersama anak itu siapa saja yang perlu tahu, dan lindungi dia dari orang-orang yang menyebarkan gambar itu.
teachers-incident-report = Mintalah gambar itu dihapus melalui layanan di bawah ini, dan beri tahu pihak berwenang sesuai hukum di negara Anda.
teachers-incident-others = Yang membuatnya sering kali juga anak-anak. Mereka butuh batasan yang jelas, dan bantuan.

## Whom each kind of help is for

need-danger = Jika Anda sedang dalam bahaya
    .pupil = Kalau kamu sedang dalam bahaya
need-danger-call = Telepon layanan darurat di negara Anda.
    .pupil = Telepon nomor darurat, atau minta orang dewasa untuk menelepon.
need-talk-young = Berbicara dengan seseorang: anak dan remaja
need-talk-anyone = Berbicara dengan seseorang: segala usia
need-remove-young = Meminta gambar dihapus: orang dalam gambar berusia di bawah 18 tahun
need-remove-adult = Meminta gambar dihapus: orang dalam gambar berusia 18 tahun ke atas
need-worried = Untuk orang dewasa yang khawatir tentang perilakunya sendiri

## In the directory of help services

help-emergency = layanan darurat
help-child-helplines = saluran bantuan anak di tiap negara
help-not-everywhere = tidak ada di semua negara
help-safer-internet = Pusat Internet Lebih Aman (Safer Internet Centres)
help-parents-too = juga untuk orang tua dan guru
help-find-helpline = Cari saluran bantuan anak
help-by-country = menurut negara
help-hotlines = saluran pelaporan
help-report-anonymously = laporkan secara anonim, menurut negara

## The public record of a case

record-title = Catatan publik
record-heading = Catatan publik suatu kasus
record-in-force = Keterangan tentang kasus ini dalam daftar yang berlaku di jaringan ini:
record-none = Tidak ada kasus dengan nomor ini dalam daftar yang berlaku di jaringan ini.
record-service = Layanan
record-service-withheld = Tidak ditampilkan, agar catatan ini tidak membantu siapa pun menemukannya.
record-rules = Jumlah nama domain yang diblokir

## About the service itself, on its own address

about-title = Tentang layanan yang diblokir
about-heading = Beberapa layanan tidak dapat diakses dari jaringan ini
about-what = Ada layanan yang melanggar hukum, dan ada yang diblokir atas pilihan pengelola jaringan ini. Ketika perangkat di jaringan ini menanyakan di mana layanan seperti itu berada, perangkat itu diarahkan ke halaman peringatan.
about-told-heading = Apa yang disampaikan halaman peringatan
about-told = Mengapa layanan itu diblokir, siapa yang memutuskan, berdasarkan hukum apa, dan nomor kasusnya, sejauh tercantum dalam daftar layanan yang diblokir. Halaman itu juga menunjukkan di mana bisa mendapat bantuan.
about-kept-heading = Apa yang disimpan tentang Anda
about-kept = Tidak ada. Halaman-halaman ini tidak memakai cookie, dan tidak mencatat siapa yang membukanya atau apa yang dicari.
about-contest-heading = Jika Anda tidak setuju
about-contest = Jika daftar menyebutkan siapa yang meninjau ulang keputusannya, halaman peringatan mencantumkan alamatnya dan nomor kasus.
about-run-by = Jaringan ini dikelola oleh { $operator }.

## Pages of one sentence

misdirected = Layanan ini tidak diblokir, atau tidak lagi diblokir
misdirected-sentence = Perangkat Anda diarahkan ke sini berdasarkan informasi lama. Harap tunggu satu menit, lalu muat ulang halaman ini.
missing = Halaman ini tidak ada
missing-sentence = Halaman-halaman ini dijelaskan di sini:
unreadable = Permintaan ini tidak dapat dibaca
unreadable-sentence = Permintaan ini tidak menyebutkan dengan jelas layanan mana yang dituju.
read-only = Halaman ini hanya bisa dibaca
read-only-sentence = Tidak ada yang bisa dikirim ke halaman ini.

## Days, and names of states and of the European Union (Unicode CLDR 48.2)

date = { $day } { $month ->
    [1] Januari
    [2] Februari
    [3] Maret
    [4] April
    [5] Mei
    [6] Juni
    [7] Juli
    [8] Agustus
    [9] September
    [10] Oktober
    [11] November
   *[12] Desember
} { $year }
region-AT = Austria
region-BE = Belgia
region-BG = Bulgaria
region-CY = Siprus
region-CZ = Ceko
region-DE = Jerman
region-DK = Denmark
region-EE = Estonia
region-ES = Spanyol
region-FI = Finlandia
region-FR = Prancis
region-GR = Yunani
region-HR = Kroasia
region-HU = Hungaria
region-IE = Irlandia
region-IT = Italia
region-LT = Lituania
region-LU = Luksemburg
region-LV = Latvia
region-MT = Malta
region-NL = Belanda
region-PL = Polandia
region-PT = Portugal
region-RO = Rumania
region-SE = Swedia
region-SI = Slovenia
region-SK = Slovakia
region-EU = Uni Eropa
region-GB = Inggris Raya
region-NO = Norwegia
region-IS = Islandia
region-LI = Liechtenstein
region-CH = Swiss
region-UA = Ukraina
region-TR = Turki
region-RS = Serbia
region-MD = Moldova
region-US = Amerika Serikat
region-CA = Kanada
region-AU = Australia
region-NZ = Selandia Baru
region-KR = Korea Selatan
region-JP = Jepang
region-CN = Tiongkok
region-TW = Taiwan
region-HK = Hong Kong
region-SG = Singapura
region-IN = India
region-ID = Indonesia
region-MY = Malaysia
region-PH = Filipina
region-TH = Thailand
region-VN = Vietnam
region-KE = Kenya
region-TZ = Tanzania
region-UG = Uganda
region-RW = Rwanda
region-ZA = Afrika Selatan
region-NG = Nigeria
region-EG = Mesir
region-MA = Maroko
region-TN = Tunisia
region-SA = Arab Saudi
region-AE = Uni Emirat Arab
region-BR = Brasil
region-MX = Meksiko
region-AR = Argentina
region-CL = Cile
region-CO = Kolombia
