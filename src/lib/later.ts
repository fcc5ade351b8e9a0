/** What becomes of what is too much where somebody sends it again. */
export const WEB_LATER = '429 with `Retry-After`; nothing was taken, and the widget sends it again'
export const PLATFORM_LATER = '503 with `Retry-After`; the platform keeps it and repeats it'
