/** The harmless text that every virus scanner calls a virus, in two parts: no scanner is to trip over this file. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')

/** A PDF, with the text in it where it is told. */
export const pdfWith = (inside: string) =>
  Buffer.from(
    `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Info (${inside}) >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n`,
  )
