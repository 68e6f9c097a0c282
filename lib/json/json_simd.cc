// The one C++ file: simdjson's first stage behind index.h.
#include "json/index.h"

#include <memory>
#include <new>

#include <simdjson.h>

using namespace simdjson;

struct gp_index {
	std::unique_ptr<internal::dom_parser_implementation> parser;
	size_t capacity = 0;
};

extern "C" struct gp_index *
gp_index_new(void)
{
	return new (std::nothrow) gp_index;
}

extern "C" void
gp_index_free(struct gp_index *ix)
{
	delete ix;
}

// Room grows by doubling: lines of a stream differ little in length.
static bool
make_room(gp_index *ix, size_t n)
{
	size_t room = ix->capacity == 0 ? 4096 : ix->capacity;

	if (ix->parser != nullptr && n <= ix->capacity)
		return true;
	while (room < n)
		room *= 2;
	ix->capacity = 0;
	if (get_active_implementation()->create_dom_parser_implementation(
		room, 1, ix->parser) != SUCCESS)
		return false;
	ix->capacity = room;
	return true;
}

extern "C" enum gp_index_end
gp_index_make(
    struct gp_index *ix, struct gp_span s, const uint32_t **at, size_t *n)
{
	if (!make_room(ix, s.n))
		return GP_INDEX_MEMORY;
	error_code e = ix->parser->stage1(
	    reinterpret_cast<const uint8_t *>(s.p), s.n, stage1_mode::regular);
	*at = ix->parser->structural_indexes.get();
	*n = ix->parser->n_structural_indexes;
	ix->parser->structural_indexes[*n] = uint32_t(s.n);
	switch (e) {
	case SUCCESS:
		return GP_INDEX_OK;
	case UTF8_ERROR:
		return GP_INDEX_UTF8;
	case UNESCAPED_CHARS:
		return GP_INDEX_CONTROL;
	case UNCLOSED_STRING:
		return GP_INDEX_OPEN;
	case CAPACITY:
	case MEMALLOC:
		return GP_INDEX_MEMORY;
	default:
		return GP_INDEX_EMPTY;
	}
}
