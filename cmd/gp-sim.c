/* gp-sim: plays the networks on loopback, from a scenario. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/exit.h"
#include "base/file.h"
#include "base/opt.h"
#include "sim/server.h"

extern char **environ;

struct job {
	long port, pages, clones, delay, country;
	double speed;
	const char *token_file, *token_dir, *log, *now, *scenario, *bench_vk;
	const char *snow;
	int strict_24h, strict_rate, check, run;
	struct gp_list faults;
	char **command; /* NULL: serve until told to stop */
	struct gp_buf path, texts;
	char temp[64]; /* the folder of the tokens of --run */
};

/* What follows "--" is a command, not ours to read. Returns the new argc. */
static int
cut_command(struct job *job, int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		if (strcmp(argv[i], "--") == 0) {
			argv[i] = NULL;
			if (argv[i + 1] != NULL)
				job->command = argv + i + 1;
			return i;
		}
	return argc;
}

static int
scenario_path(struct job *job, struct gp_why *why)
{
	if (job->scenario != NULL)
		return 0;
	if (gp_file_data("scenario.yaml", &job->path, why) == -1)
		return -1;
	job->scenario = gp_buf_str(&job->path);
	return 0;
}

/* "2000x500" */
static int
bench(const char *word, int64_t size[2])
{
	char *end;

	if (word == NULL)
		return 0;
	size[0] = strtoll(word, &end, 10);
	if (end == word || *end != 'x')
		return -1;
	word = end + 1;
	size[1] = strtoll(word, &end, 10);
	return end == word || *end != '\0' || size[0] < 1 || size[1] < 0 ||
		size[0] > 1000000 || size[1] > 1000000
	    ? -1
	    : 0;
}

/* 0:00 UTC of a date: each page has its day in its own zone. */
static int
date(const char *word, gp_instant *to)
{
	char day[sizeof("2026-11-01T00:00:00Z")];

	snprintf(day, sizeof(day), "%.10sT00:00:00Z", word);
	return strlen(word) == 10 ? gp_instant_parse(gp_span_of(day), to) : -1;
}

static int
country(struct job *job, struct gp_sim_options *o)
{
	struct gp_why why;

	o->speed = job->speed;
	o->country = job->country;
	if (job->snow != NULL && date(job->snow, &o->snow) == -1) {
		gp_warnx("--snow: '%s' is no date, as 2026-11-16", job->snow);
		return GP_USAGE;
	}
	if (o->country == 0)
		return GP_OK;
	if (gp_file_data("labelled.ndjson", &job->texts, &why) == -1) {
		gp_warnx("%s", why.msg);
		return GP_CONFIG;
	}
	o->texts = gp_buf_str(&job->texts);
	return GP_OK;
}

static int
options(
    struct job *job, const struct gp_sim_scenario *s, struct gp_sim_options *o)
{
	int status;

	*o = (struct gp_sim_options){ .now = s->now,
		.strict_24h = job->strict_24h,
		.strict_rate = job->strict_rate,
		.pages = job->pages,
		.clones = job->clones,
		.delay = job->delay,
		.log_fd = -1 };
	if (bench(job->bench_vk, o->bench[GP_SIM_VK]) == -1) {
		gp_warnx("--bench-vk: '%s' is not POSTSxCOMMENTS, as 200x50",
		    job->bench_vk);
		return GP_USAGE;
	}
	if (job->now != NULL &&
	    gp_instant_word(job->now, s->now, &o->now) == -1) {
		gp_warnx("--now: '%s' is not a moment", job->now);
		return GP_USAGE;
	}
	status = country(job, o);
	if (job->log == NULL || status != GP_OK)
		return status;
	o->log_fd =
	    open(job->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (o->log_fd != -1)
		return GP_OK;
	gp_warn("cannot write '%s'", job->log);
	return GP_IO;
}

static int
faults(struct job *job, struct gp_sim *sim)
{
	struct gp_why why;
	size_t i;

	for (i = 0; i < job->faults.n; i++)
		if (gp_sim_fault_spec(
			&sim->faults, job->faults.word[i], &why) == -1) {
			gp_warnx(
			    "--fault %s: %s", job->faults.word[i], why.msg);
			return GP_USAGE;
		}
	return GP_OK;
}

static int
write_token(const char *path, const char *token)
{
	struct gp_buf b;
	struct gp_why why;
	int r;

	gp_buf_init(&b, 0);
	gp_buf_addf(&b, "%s\n", token);
	r = gp_file_replace(path, gp_buf_span(&b), 0600, &why);
	gp_buf_release(&b);
	if (r == 0)
		return GP_OK;
	gp_warnx("%s", why.msg);
	return GP_IO;
}

static int
tokens(struct job *job, const struct gp_sim *sim)
{
	const char *named = sim->s->bot.token_file;
	struct gp_why why;
	int status = GP_OK;

	if (job->token_file != NULL)
		named = job->token_file;
	if (named != NULL)
		status = write_token(named, sim->tokens.v[GP_SIM_T_TELEGRAM]);
	if (status != GP_OK)
		return status;
	if (job->command != NULL) {
		snprintf(job->temp, sizeof(job->temp), "/tmp/gp-sim-XXXXXX");
		if (mkdtemp(job->temp) == NULL) {
			job->temp[0] = '\0';
			gp_warn("cannot make a folder in /tmp");
			return GP_IO;
		}
	}
	if ((job->token_dir == NULL ||
		gp_sim_tokens_write(&sim->tokens, job->token_dir, &why) == 0) &&
	    (job->command == NULL ||
		gp_sim_tokens_write(&sim->tokens, job->temp, &why) == 0))
		return GP_OK;
	gp_warnx("%s", why.msg);
	return GP_IO;
}

/* The one line that says where; scripts wait for it. */
static int
ready(const struct gp_sim *sim, const char *url)
{
	struct gp_buf b;
	struct gp_jw w;

	gp_buf_init(&b, 0);
	gp_jw_init(&w, &b);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "url", url);
	gp_jw_kstr(&w, "token", sim->tokens.v[GP_SIM_T_TELEGRAM]);
	gp_jw_close(&w, '}');
	gp_buf_addc(&b, '\n');
	fwrite(gp_buf_str(&b), 1, b.n, stdout);
	gp_buf_release(&b);
	return fflush(stdout) == 0 ? GP_OK : GP_IO;
}

static int
signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGHUP);
	sigaddset(set, SIGCHLD);
	return pthread_sigmask(SIG_BLOCK, set, NULL);
}

/* Its exit status, as a shell would give it. */
static int
status_of(int how)
{
	return WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
}

static int
run(char **command, const sigset_t *set)
{
	posix_spawnattr_t attr;
	sigset_t none;
	pid_t pid;
	int sig, how, r;

	sigemptyset(&none);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK);
	r = posix_spawnp(&pid, command[0], NULL, &attr, command, environ);
	posix_spawnattr_destroy(&attr);
	if (r != 0) {
		errno = r;
		gp_warn("cannot run '%s'", command[0]);
		return 127;
	}
	for (;;) {
		sigwait(set, &sig);
		if (sig != SIGCHLD)
			kill(pid, sig);
		else if (waitpid(pid, &how, WNOHANG) == pid)
			return status_of(how);
	}
}

static int
serve(struct job *job, struct gp_sim *sim)
{
	struct gp_sim_server *server;
	char url[64], now[GP_INSTANT_LEN];
	struct gp_why why;
	sigset_t set;
	int port, sig, status;

	signals(&set);
	server = gp_sim_server_start(sim, (int)job->port, &port, &why);
	if (server == NULL) {
		gp_warnx("%s", why.msg);
		return GP_TEMPFAIL;
	}
	snprintf(url, sizeof(url), "http://127.0.0.1:%d", port);
	if (job->command != NULL) {
		setenv("GP_SIM_URL", url, 1);
		gp_sim_tokens_export(&sim->tokens, job->temp);
		setenv("GP_SIM_NOW", gp_instant_utc(sim->o.now, now), 1);
		status = run(job->command, &set);
	} else {
		status = ready(sim, url);
		sig = SIGCHLD;
		while (status == GP_OK && sig == SIGCHLD)
			sigwait(&set, &sig);
	}
	gp_sim_server_stop(server);
	return status;
}

/* --check: what the scenario holds, as a record. */
static int
check(const struct gp_sim *sim)
{
	const struct gp_sim_world *w = &sim->w;

	printf("{\"posts\":%zu,\"messages\":%zu,\"letters\":%zu,"
	       "\"people\":%zu,\"updates\":%zu}\n",
	    w->s->posts.n, w->chat[GP_SIM_IN_GROUP].n,
	    w->chat[GP_SIM_IN_PRIVATE].n, w->s->people.n, w->updates);
	return GP_OK;
}

static int
play(struct job *job, const struct gp_sim_scenario *s)
{
	struct gp_sim_options o;
	struct gp_sim sim;
	struct gp_why why;
	int status = options(job, s, &o);

	if (status != GP_OK)
		return status;
	if (gp_sim_init(&sim, s, &o, &why) == -1) {
		gp_warnx("%s", why.msg);
		status = GP_SOFTWARE;
	} else {
		status = faults(job, &sim);
	}
	if (status == GP_OK && job->check)
		status = check(&sim);
	else if (status == GP_OK && (status = tokens(job, &sim)) == GP_OK)
		status = serve(job, &sim);
	if (job->temp[0] != '\0') {
		gp_sim_tokens_unlink(&sim.tokens, job->temp);
		rmdir(job->temp);
	}
	gp_sim_release(&sim);
	if (o.log_fd != -1)
		close(o.log_fd);
	return status;
}

static int
sim_main(struct job *job)
{
	struct gp_sim_scenario *s;
	struct gp_why why;
	int status;

	if (scenario_path(job, &why) == -1) {
		gp_warnx("%s", why.msg);
		return GP_CONFIG;
	}
	s = gp_sim_scenario_read(job->scenario, &why);
	if (s == NULL) {
		gp_warnx("%s", why.msg);
		return GP_DATA;
	}
	status = play(job, s);
	gp_sim_scenario_free(s);
	return status;
}

/* What does not go together, or is too much; NULL: nothing. */
static const char *
wrong(const struct job *job, int operands)
{
	if (operands > 1)
		return "one scenario at a time";
	if (job->run && job->command == NULL)
		return "--run: no command given";
	if (job->port > 65535)
		return "there is no such port";
	if (job->pages > 100000)
		return "more than 100000 pages";
	if (job->clones > 100000)
		return "more than 100000 clones";
	if (job->delay > 600000)
		return "a delay above ten minutes";
	if (job->country > 1000000)
		return "--country: more than a million pages";
	if (job->snow != NULL && job->country == 0)
		return "--snow goes with --country";
	return job->speed > GP_SIM_FASTEST ? "--speed: 100000 at the most"
					   : NULL;
}

int
main(int argc, char **argv)
{
	struct job job = { 0 };
	/* clang-format off */
	const struct gp_opt opts[] = {
		{ GP_INT, 'p', "port", "N", "listen there; 0: any free port", &job.port, NULL },
		{ GP_FLAG, 'r', "run", NULL, "serve while the COMMAND runs, and exit as it does", &job.run, NULL },
		{ GP_FILE, 0, "token-file", "FILE", "write the bot's token there", &job.token_file, NULL },
		{ GP_DIR, 0, "token-dir", "DIR", "write a file for each token into it", &job.token_dir, NULL },
		{ GP_FILE, 0, "log", "FILE", "append every request to it", &job.log, NULL },
		{ GP_STR, 0, "now", "INSTANT", "the moment played (default: the scenario's)", &job.now, NULL },
		{ GP_FLAG, 0, "strict-24h", NULL, "updates older than a day are gone", &job.strict_24h, NULL },
		{ GP_LIST, 0, "fault", "SPEC", "KIND[@MATCH][,times=N][,after=N][,retry_after=N][,p=N%][,seed=N]", &job.faults, NULL },
		{ GP_INT, 0, "pages", "N", "a channel 'bench' of so many pages", &job.pages, NULL },
		{ GP_INT, 0, "clones", "N", "so many further pages that show the same", &job.clones, NULL },
		{ GP_STR, 0, "bench-vk", "POSTSxCOMMENTS", "a VK page 'bench' of so many posts and comments", &job.bench_vk, NULL },
		{ GP_INT, 0, "country", "N", "a country of so many pages (175000 is the whole)", &job.country, NULL },
		{ GP_STR, 0, "snow", "DATE", "its day of snow: five times the comments about roads", &job.snow, NULL },
		{ GP_REAL, 0, "speed", "X", "the clock runs X times as fast as the wall", &job.speed, NULL },
		{ GP_FLAG, 0, "strict-rate", NULL, "too many requests a second are refused", &job.strict_rate, NULL },
		{ GP_INT, 0, "delay", "MS", "milliseconds before every answer", &job.delay, NULL },
		{ GP_FLAG, 0, "check", NULL, "prove the scenario and exit", &job.check, NULL },
		{ GP_END, 0, NULL, NULL, NULL, NULL, NULL },
	};
	/* clang-format on */
	const struct gp_cmd cmd = { "gp-sim",
		"plays the networks on loopback, from a scenario",
		"[SCENARIO] [-- COMMAND [ARG ...]]", opts, NULL,
		"  gp-sim --port 8088 --token-file token\n"
		"  gp-sim -- sh -c 'curl -s $GP_SIM_URL/s/zarechny_adm'\n" };
	int n, status;

	argc = cut_command(&job, argc, argv);
	n = gp_opt_parse(&cmd, argc, argv);
	if (n > 0)
		job.scenario = argv[0];
	if (job.run && n > 1 && job.command == NULL) {
		argv[n] = NULL;
		job.command = argv + 1;
		n = 1;
	}
	if (wrong(&job, n) != NULL) {
		gp_warnx("%s", wrong(&job, n));
		return GP_USAGE;
	}
	status = sim_main(&job);
	gp_buf_release(&job.path);
	gp_buf_release(&job.texts);
	return job.command != NULL ? status : gp_finish(status);
}
