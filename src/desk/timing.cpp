#include "timing.hpp"

namespace tocsin::inline v1 {

instant timed_move_due(const desk_state&, const workflow_move& m, instant since) { return since + m.declared->after; }

}  // namespace tocsin::inline v1
