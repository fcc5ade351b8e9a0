import type { TicketRow } from '../../records/tickets.ts'

/** What can be filed through Open311, as the complaint dialogue calls it. Reports about officers are not: they need its notice first. */
export const SERVICES: Record<
  string,
  { name: string; about: string; keywords: string; kind: TicketRow['kind'] }
> = {
  layanan: {
    name: 'Layanan atau fasilitas',
    about: 'Keluhan tentang layanan atau fasilitas umum',
    keywords: 'layanan, fasilitas, jalan, lampu, kebersihan',
    kind: 'complaint',
  },
  aspirasi: {
    name: 'Aspirasi atau saran',
    about: 'Usul dan saran untuk kantor ini',
    keywords: 'aspirasi, saran, usul',
    kind: 'aspiration',
  },
  informasi: {
    name: 'Permintaan informasi',
    about: 'Pertanyaan yang perlu dijawab petugas',
    keywords: 'informasi, pertanyaan',
    kind: 'information',
  },
}

/** GeoReport's list of services. */
export function serviceList() {
  return Object.entries(SERVICES).map(([service_code, { name, about, keywords }]) => ({
    service_code,
    service_name: name,
    description: about,
    metadata: false,
    type: 'realtime',
    keywords,
    group: 'pengaduan',
  }))
}
