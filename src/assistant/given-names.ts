/**
 * Common parts of Indonesian personal names that are hardly ever anything else, from all over the archipelago: a name in small
 * letters in the middle of a sentence is known by nothing but itself. Names that are words as well (Indah, Bintang, Mega) are not
 * here; in capitals they are hidden by that.
 */
export const GIVEN_NAMES: ReadonlySet<string> = new Set(
  (
    'abdul abdullah achmad adi adinda aditya agung agus agustina ahmad aisyah ajeng akbar alfian ali alif alya amelia amir ' +
    'andi andika andri anggi anggun ani anisa anita annisa anton ardi ardiansyah ari arief arif aris arman asep asri astuti ayu azis ' +
    'azizah bagas bagus bambang bayu benny boru budi budiman butar chandra cici citra cut dadang dani daniel darma darwin dede dedi ' +
    'deni desi desy dewa dewi dian dicky didi dimas dina dini dodi dwi dyah edi edy eka eko elisa endang erna erwin euis evi fadli ' +
    'fahmi fajri farhan farida fatimah fauzi febri feri fikri fitria fitriani galih gede ginting guntur gunawan gusti hadi hafiz ' +
    'halimah hamid hamzah handayani handoko hari hariyanto harahap hasan hasanah hasibuan hendra hendri heri herman hermawan hidayat ' +
    'hutagalung hutapea ida ika ilham imam indra indri intan irfan irma irwan iskandar ismail iwan jaka jamal joko juliana junaidi ' +
    'kadek karim kartika kartini ketut khadijah komang krisna kurnia kurniawan kusuma laila lestari lia lilis lina linda lubis lukman ' +
    'lusi made mahendra maimunah malik manalu marbun maria marlina maulana maya meutia mira mohamad muhamad muhammad mulyadi mulyani ' +
    'munir mustafa nadia nainggolan nasution nia nining ningsih nita nova novi nugraha nugroho nur nuraini nurhayati nurul nyoman ' +
    'pandu pangestu panjaitan pardede permata prabowo pranata prasetyo pratama pratiwi priyanto purnama purwanto putra putri putu ' +
    'rachmat rahayu rahma rahman rahmat rahmawati raihan ramadhan ramli rangkuti ratna reza rian rifki rika rina rini rio riski rismawati ' +
    'rizal rizki rizky robert rohani roni rosita rudi rusdi rusli safitri saiful salim salma samsul santi santoso saputra sari sarah ' +
    'setiawan setyawan sherly siagian sihombing silalahi silvia simanjuntak simatupang sinaga siregar siska siti sitompul sitorus ' +
    'situmorang slamet sofyan sri subekti sudirman sugeng sugiarto suharto suhendra sukma sulaiman sulastri sumarni suparman supriadi ' +
    'suryadi suryani susanti susanto susilo sutrisno suwandi syafri syahputra syahrul syamsul syarifah tambunan tampubolon tanjung ' +
    'taufik teguh teuku tiara tini titin tri tuti udin ujang umar umi usman utami utomo vera wahyu wahyuni wati wawan wayan wibowo ' +
    'widodo widya wijaya winarno winda wulandari yahya yanti yanto yayan yogi yohanes yoga yudi yuliana yulianti yuni yunita yusuf ' +
    'zahra zainab zainal zaki zulfikar zulkifli'
  ).split(' '),
)
