/** What WhatsApp calls chats and people (JIDs), as far as we look inside. */

/** A person: by phone number, or by an id that says nothing of one. */
export function isPerson(jid: string): boolean {
  return /^[0-9]{1,32}@(s\.whatsapp\.net|lid)$/.test(jid)
}

export function isGroup(jid: string): boolean {
  return /^[0-9-]{1,64}@g\.us$/.test(jid)
}

/** Without the device, in the one form people are known by; undefined for what is no person. */
export function personOf(jid: unknown): string | undefined {
  if (typeof jid !== 'string') return undefined
  const plain = jid.replace(/(_\d+)?(:\d+)?@/, '@').replace(/@c\.us$/, '@s.whatsapp.net')
  return isPerson(plain) ? plain : undefined
}

/** The digits of the phone number, where the name is one. */
export function phoneOf(jid: string): string | undefined {
  return /^([0-9]+)@s\.whatsapp\.net$/.exec(jid)?.[1]
}
