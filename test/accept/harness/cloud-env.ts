/** What an office must be told to be on a Graph API: the environment of its number. */
export function cloudEnv(
  office: string,
  apiRoot: string,
  { token, phoneId, secret, verifyToken }: CloudAccount,
): Record<string, string> {
  const id = office.toUpperCase()
  return {
    WHATSAPP_CLOUD_API_ROOT: apiRoot,
    [`WHATSAPP_${id}`]: 'cloud',
    [`WHATSAPP_CLOUD_TOKEN_${id}`]: token,
    [`WHATSAPP_CLOUD_PHONE_${id}`]: phoneId,
    [`WHATSAPP_CLOUD_SECRET_${id}`]: secret,
    [`WHATSAPP_CLOUD_VERIFY_${id}`]: verifyToken,
  }
}

type CloudAccount = { token: string; phoneId: string; secret: string; verifyToken: string }
