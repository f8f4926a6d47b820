// SPDX-License-Identifier: GPL-2.0-or-later
#include "rates/process_tree.hpp"
#include "samples.hpp"

#include <doctest/doctest.h>

using namespace mp3prof;
using namespace mp3prof::test;

namespace
{

constexpr pid_t us = 100;

Sample child_of(pid_t parent, pid_t pid, Stage stage = born)
{
    Sample sample = sample_of(pid, 1s, 1, stage);
    sample.ppid = parent;
    return sample;
}

} // namespace

TEST_CASE("children and grandchildren belong to the command, we do not")
{
    ProcessTree tree = ProcessTree::below(us);
    CHECK_FALSE(tree.take(child_of(1, us, first)));
    CHECK(tree.take(child_of(us, 101)));
    CHECK(tree.take(child_of(101, 102)));
    CHECK(tree.take(child_of(102, 103)));
    CHECK(tree.size() == 3);
}

TEST_CASE("others do not, also when they are followed or children of the same parent")
{
    ProcessTree tree = ProcessTree::below(us);
    CHECK_FALSE(tree.take(child_of(50, 51)));
    CHECK_FALSE(tree.take(child_of(us, 60, first))); // registered by hand, not followed
    CHECK(tree.size() == 0);
}

TEST_CASE("a child is known by its parent also after the parent's end")
{
    ProcessTree tree = ProcessTree::below(us);
    CHECK(tree.take(child_of(us, 101, whole_life)));
    CHECK(tree.take(child_of(101, 102)));
    CHECK(tree.alive().size() == 1);
    CHECK(tree.alive()[0].pid == 102);
}

TEST_CASE("a PID that another process has taken adopts no children for us")
{
    ProcessTree tree = ProcessTree::below(us);
    CHECK(tree.take(child_of(us, 101, whole_life)));
    Sample stranger = child_of(50, 101, first);
    stranger.start = 7s;
    CHECK_FALSE(tree.take(stranger));
    CHECK_FALSE(tree.take(child_of(101, 102)));
}

TEST_CASE("a PID reused inside the command is a second member")
{
    ProcessTree tree = ProcessTree::below(us);
    CHECK(tree.take(child_of(us, 101, whole_life)));
    Sample again = child_of(us, 101, whole_life);
    again.start = 7s;
    CHECK(tree.take(again));
    CHECK(tree.size() == 2);
    CHECK(tree.exited().minor_faults == 2);
}

TEST_CASE("later records of a member are known by its identity")
{
    ProcessTree tree = ProcessTree::below(us);
    CHECK(tree.take(child_of(us, 101)));
    CHECK(tree.alive().size() == 1);
    Sample end = child_of(us, 101, exited);
    end.minor_faults = 9;
    CHECK(tree.take(end));
    CHECK(tree.alive().empty());
    CHECK(tree.exited().minor_faults == 9);
}

TEST_CASE("a member that was only unregistered is not counted as exited")
{
    ProcessTree tree = ProcessTree::below(us);
    CHECK(tree.take(child_of(us, 101)));
    CHECK(tree.take(child_of(us, 101, final)));
    CHECK(tree.alive().empty());
    CHECK(tree.exited() == Usage{});
}

TEST_CASE("without following the command is one process")
{
    ProcessTree tree = ProcessTree::only(101);
    CHECK(tree.take(child_of(us, 101, first)));
    CHECK_FALSE(tree.take(child_of(101, 102)));
    Sample reuse = child_of(us, 101, first);
    reuse.start = 7s;
    CHECK_FALSE(tree.take(reuse));
    CHECK(tree.size() == 1);
}

TEST_CASE("named processes belong to themselves, and what they fork only if it is followed")
{
    using Children = ProcessTree::Children;
    ProcessTree alone = ProcessTree::of({101, 201}, Children::not_followed);
    CHECK(alone.take(child_of(1, 101, first)));
    CHECK_FALSE(alone.take(child_of(101, 102)));
    CHECK(alone.take(child_of(1, 201, first)));

    ProcessTree tree = ProcessTree::of({101, 201}, Children::followed);
    CHECK(tree.take(child_of(1, 101, first)));
    CHECK(tree.take(child_of(101, 102)));
    CHECK(tree.take(child_of(1, 201, first)));
    CHECK(tree.take(child_of(201, 202)));
    CHECK_FALSE(tree.take(child_of(1, 301)));
    CHECK(tree.root_of(102) == 101);
    CHECK(tree.root_of(202) == 201);
    CHECK_FALSE(tree.root_of(301));
}

TEST_CASE("a named PID is that of one process, not of the next that gets it")
{
    ProcessTree tree = ProcessTree::of({101}, ProcessTree::Children::followed);
    CHECK(tree.take(child_of(1, 101, exited)));
    Sample later = child_of(1, 101, first);
    later.start = 7s;
    CHECK_FALSE(tree.take(later));
}

TEST_CASE("whether any member lives is known after each record")
{
    ProcessTree tree = ProcessTree::of({101}, ProcessTree::Children::followed);
    CHECK_FALSE(tree.any_alive());
    CHECK(tree.take(child_of(1, 101, first)));
    CHECK(tree.take(child_of(101, 102)));
    CHECK(tree.take(child_of(1, 101, exited)));
    CHECK(tree.any_alive());
    CHECK(tree.take(child_of(101, 102, exited)));
    CHECK_FALSE(tree.any_alive());
    CHECK(tree.take(child_of(101, 102, first))); // registered again
    CHECK(tree.any_alive());
    CHECK(tree.take(child_of(101, 103, whole_life)));
    CHECK(tree.any_alive());
}
