/** Tests of the command line. */
package io.orlop.system.command;
