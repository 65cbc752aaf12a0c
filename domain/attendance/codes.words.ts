/** The code of a procedure («процедура»): the child is away by the centre's own plan, so it is not an absence. */
export const PROCEDURE_CODE = 'п'
