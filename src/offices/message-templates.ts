import { z } from 'zod'

/** What a template is for: news that waits for a citizen, a reminder, an announcement. */
const PURPOSES = ['waiting', 'reminder', 'announcement'] as const
export type TemplatePurpose = (typeof PURPOSES)[number]

/** All that may fill a place of a template: it is read on a locked screen, and by whoever approves it. */
const FILLINGS = ['code', 'office'] as const

/** A text the platform has approved for this office: it stands there, and here only what it is called and what fills it. */
const MessageTemplate = z
  .strictObject({
    purpose: z.enum(PURPOSES),
    name: z
      .string()
      .regex(/^[a-z0-9_]{1,512}$/, 'small letters, digits and _, as it is called in WhatsApp Manager'),
    language: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/, 'should be a language such as id or en_US'),
    variables: z
      .string()
      .regex(/^\d$/, 'should be how many variables its text has, 0 to 9')
      .transform(Number),
    filled_by: z.array(z.enum(FILLINGS)).default([]),
  })
  .refine(({ variables, filled_by }) => variables === filled_by.length, {
    path: ['variables'],
    message: 'should be as many as `filled_by` names',
  })

export const MessageTemplates = z.array(MessageTemplate).superRefine((all, context) => {
  for (const [n, { purpose, language }] of all.entries()) {
    const first = all.findIndex(one => one.purpose === purpose && one.language === language)
    if (first === n) continue
    const message = `there is one for ${purpose} in ${language} already; remove one of them`
    context.addIssue({ code: 'custom', path: [n, 'purpose'], message })
  }
})
export type MessageTemplate = z.output<typeof MessageTemplate>

/** What may stand in a template about one matter; no code where it is about none. */
export type Filling = { code: string; office: string }

/**
 * The template for a purpose, filled: in the reader's language where there is one, else the first. Undefined where none was
 * declared, or something that has to stand in it is not known.
 */
export function filledTemplate(
  templates: readonly MessageTemplate[],
  purpose: TemplatePurpose,
  language: string,
  filling: Filling,
): { name: string; language: string; values: string[] } | undefined {
  const fitting = templates.filter(
    one => one.purpose === purpose && one.filled_by.every(what => filling[what] !== ''),
  )
  const template = fitting.find(one => one.language.startsWith(language)) ?? fitting[0]
  return (
    template && {
      name: template.name,
      language: template.language,
      values: template.filled_by.map(what => filling[what]),
    }
  )
}
