import { customType, timestamp } from 'drizzle-orm/pg-core'

/** Bytes as they are. */
export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** A moment, wherever it was. */
export const at = (name: string) => timestamp(name, { withTimezone: true })
