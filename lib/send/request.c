#include "send/request.h"

#include <string.h>

#include "http/multipart.h"

void
gp_send_request(struct gp_buf *to, const struct gp_http_req *req)
{
	struct gp_buf b;

	gp_buf_init(&b, GP_MAX_LINE);
	gp_buf_addf(&b, "%s %s\n", req->method != NULL ? req->method : "GET",
	    gp_buf_str(&req->url));
	if (req->type != NULL && strncmp(req->type, "multipart", 9) == 0)
		gp_multipart_show(&b, req);
	else if (req->body.n > 0)
		gp_buf_addf(&b, "%s\n", gp_buf_str(&req->body));
	gp_http_scrub_req(to, gp_buf_span(&b), req);
	gp_buf_addc(to, '\n');
	gp_buf_release(&b);
}
