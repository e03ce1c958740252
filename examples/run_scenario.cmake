# Publishes a pack into a new desk file and plays its scenario there; fails where anything is refused.
file(REMOVE ${DESK} ${DESK}-wal ${DESK}-shm)
foreach(step IN ITEMS "--at;2026-03-02T07:00:00Z;publish;${PACK}" "run;--stop;${SCENARIO}" verify)
  execute_process(COMMAND ${TOCSIN} ${DESK} ${step} RESULT_VARIABLE status OUTPUT_VARIABLE answer ERROR_VARIABLE complaint)
  message(STATUS "${answer}")
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${step}: ${status}\n${complaint}")
  endif()
endforeach()
