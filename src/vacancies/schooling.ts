import { alikeWritten, type Schooling } from '../records/audience.ts'
import { type Education, wordsIn } from './education.ts'
import { FITS, verdictOn } from './fit.ts'
import { findEducation, requirementReader } from './read-education.ts'

/** Whether what a citizen typed ("s1 hukum") fits what a vacancy asks for ("S-1 Ilmu Hukum"), as the search of vacancies has it. */
export function schoolingBy(education: Education): Schooling {
  const read = requirementReader(education)
  return (asked, offered) => {
    const { levels, fields } = findEducation(education, wordsIn(asked), () => false)
    const requirement = read(offered)
    if ('fault' in requirement || (levels.length === 0 && fields.length === 0))
      return alikeWritten(asked, offered)
    const profile = { levels, fields, kind: null, age: null, words: [] }
    return verdictOn(education, requirement.requirement, profile) === FITS
  }
}
