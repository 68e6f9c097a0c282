#include "base/sha256.h"

#include <openssl/evp.h>

const char *
gp_sha256(struct gp_span s, char to[GP_SHA256_LEN])
{
	static const char hex[] = "0123456789abcdef";
	unsigned char md[EVP_MAX_MD_SIZE];
	unsigned n = 0, i;

	*to = '\0';
	if (EVP_Digest(s.p, s.n, md, &n, EVP_sha256(), NULL) != 1 || n != 32)
		return to;
	for (i = 0; i < n; i++) {
		to[2 * i] = hex[md[i] >> 4];
		to[2 * i + 1] = hex[md[i] & 15];
	}
	to[2 * n] = '\0';
	return to;
}
