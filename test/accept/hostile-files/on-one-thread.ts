/** Wrong on purpose: every pixel a picture says it has is looked at where everything else is answered, as decoders in JavaScript do. */
export async function redrawPicture(
  bytes: Uint8Array,
): Promise<{ mime: 'image/jpeg' | 'image/png'; bytes: Buffer } | undefined> {
  const file = Buffer.from(bytes)
  const isPng = file.subarray(1, 4).toString('latin1') === 'PNG'
  const pixels = isPng ? file.readUInt32BE(16) * file.readUInt32BE(20) : 40_000_000
  let sum = 0
  for (let n = 0; n < Math.min(pixels, 1_000_000_000); n += 1) sum = (sum + (file[n % file.length] ?? 0)) | 0
  return sum === 1 ? undefined : { mime: isPng ? 'image/png' : 'image/jpeg', bytes: file }
}
