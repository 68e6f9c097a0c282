/* Feeds files to a fuzz target, so that any compiler can replay a corpus. */
#include "fuzz.h"

int
main(int argc, char **argv)
{
	static unsigned char data[1 << 20];
	size_t n;
	FILE *fp;
	int i;

	for (i = 1; i < argc; i++) {
		fp = fopen(argv[i], "rb");
		if (fp == NULL) {
			perror(argv[i]);
			return 1;
		}
		n = fread(data, 1, sizeof(data), fp);
		fclose(fp);
		LLVMFuzzerTestOneInput(data, n);
	}
	return 0;
}
