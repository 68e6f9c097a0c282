#include "cli/inputs.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/exit.h"

int
gp_inputs(int n, char **operand, gp_input_fn *fn, void *ctx)
{
	int i, fd, r = 0;

	for (i = 0; (i < n || i == 0) && r == 0; i++) {
		if (n == 0 || strcmp(operand[i], "-") == 0) {
			r = fn(ctx, STDIN_FILENO, "standard input");
			continue;
		}
		fd = open(operand[i], O_RDONLY | O_CLOEXEC);
		if (fd == -1) {
			gp_warn("cannot open '%s'", operand[i]);
			return GP_IO;
		}
		r = fn(ctx, fd, operand[i]);
		close(fd);
	}
	return GP_OK;
}
